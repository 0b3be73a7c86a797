--> refused
SELECT ST_FindExtent('public', 'places', 'geom')
--> refused
SELECT ST_FindExtent('places" WHERE pg_sleep(10) IS NULL --', 'geom')
--> refused
SELECT ST_FromFlatGeobufToTable('public', 'made', '\x00')
--> refused
SELECT * FROM ST_FromFlatGeobuf(NULL::pg_user, '\x00')
--> refused
SELECT ST_EstimatedExtent('public', 'places', 'geom')
--> refused
SELECT Find_SRID('public', 'places', 'geom')
--> refused
SELECT get_proj4_from_srid(4326)
--> refused
SELECT UpdateGeometrySRID('places', 'geom', 3857)
--> refused
SELECT AddGeometryColumn('places', 'more', 4326, 'POINT', 2)
--> refused
SELECT DropGeometryColumn('places', 'geom')
--> refused
SELECT DropGeometryTable('places')
--> refused
SELECT Populate_Geometry_Columns()
--> refused
SELECT PostGIS_Extensions_Upgrade()
--> refused
SELECT PostGIS_Full_Version()
--> refused
SELECT PostGIS_PROJ_Version()
--> refused
SELECT LockRow('places', '1', 'me')
--> refused
SELECT UnlockRows('me')
--> refused
SELECT EnableLongTransactions()
--> refused
SELECT DisableLongTransactions()
--> refused
SELECT AddAuth('x')
--> refused
SELECT CheckAuth('places', 'id')
--> refused
SELECT _postgis_stats('places', 'geom')
--> refused
SELECT _postgis_selectivity('places', 'geom', geom) FROM places
--> refused
SELECT postgis_constraint_srid('public', 'places', 'geom')
--> refused
SELECT postgis_transform_geometry(geom, '+init=/etc/passwd:x', '+proj=longlat', 4326) FROM places
--> refused
SELECT ST_Transform(geom, '+proj=longlat +nadgrids=/etc/passwd') FROM places
--> refused
SELECT ST_Transform(geom, '+init=/etc/passwd:x'::text) FROM places
--> refused
SELECT ST_Transform(geom, 'EPSG:4326', 3857) FROM places
--> refused
SELECT ST_Transform(geom, '+proj=longlat', '+init=/etc/passwd:x') FROM places
--> refused
SELECT ST_Transform(geom, name) FROM places
--> refused
SELECT ST_Transform(geom, $$4326$$) FROM places
--> refused
SELECT ST_Transform(geom => p.geom, to_proj => p.name) FROM places p
--> refused
SELECT ST_Transform(geom, CASE WHEN true THEN name ELSE '' END) FROM places
--> refused
SELECT ST_Transform(geom, coalesce(name, '+init=/tmp/x:y')) FROM places
--> refused
SELECT ST_Transform(geom, (SELECT name FROM places LIMIT 1)) FROM places
--> refused
SELECT ST_Segmentize('LINESTRING(0 0, 10000000 0)'::geometry, 0.0001)
--> refused
SELECT ST_ChaikinSmoothing(ST_ChaikinSmoothing(geom, 5), 5) FROM zones
--> refused
SELECT ST_Buffer('POINT(0 0)'::geometry, 1, 500000000)
--> refused
SELECT ST_Buffer('POINT(0 0)'::geometry, 1, 'quad_segs=500000000')
--> refused
SELECT ST_Buffer('POINT(0 0)'::geometry, 1, 'quad_segs=' || '500000000')
--> refused
SELECT ST_Buffer('POINT(0 0)'::geometry, 1, 'quad_segs=5e8')
--> refused
SELECT ST_Buffer('POINT(0 0)'::geometry, 1, options => 'quad_segs=500000000')
--> refused
SELECT ST_Buffer(geom, 1, n) FROM places, (SELECT 500000000 AS n) x
--> refused
SELECT ST_OffsetCurve('LINESTRING(0 0, 1 1)'::geometry, 1, 'quad_segs=500000000')
--> refused
SELECT ST_MinimumBoundingCircle('LINESTRING(0 0, 1 1)'::geometry, 500000000)
--> refused
SELECT ST_GeneratePoints('POLYGON((0 0, 1 0, 1 1, 0 0))'::geometry, 100000000)
--> refused
SELECT ST_GeoHash(ST_MakePoint(1, 1), 900000000)
--> refused
SELECT ST_LineInterpolatePoints('LINESTRING(0 0, 1 1)'::geometry, 0.000000001)
--> refused
SELECT ST_CurveToLine('CIRCULARSTRING(0 0, 1 1, 2 0)'::geometry, 500000000)
--> refused
SELECT ST_CurveToLine('CIRCULARSTRING(0 0, 1 1, 2 0)'::geometry, 0.0000001, 1)
--> refused
SELECT ST_HausdorffDistance(a.geom, b.geom, 0.0000001) FROM zones a, zones b
--> refused
SELECT ST_FrechetDistance(a.geom, b.geom, 0.0000001) FROM zones a, zones b
--> refused
SELECT ST_Distance(a.line, b.line) FROM (SELECT ST_MakeLine(ST_MakePoint(random(), random())) AS line FROM generate_series(1, 1000000)) a, (SELECT ST_MakeLine(ST_MakePoint(random(), random())) AS line FROM generate_series(1, 1000000)) b
--> refused
SELECT ST_GeomFromGML('<gml:Point><gml:coordinates>1,2</gml:coordinates></gml:Point>')
--> refused
SELECT ST_GeomFromKML('<!DOCTYPE a [<!ENTITY b "c">]><Point><coordinates>1,2</coordinates></Point>')
--> refused
SELECT ST_AsRaster(geom, 100000, 100000) FROM zones
--> refused
SELECT ST_FromGDALRaster('\x00')
--> refused
SELECT topology.CreateTopology('x')
--> refused
SELECT geocode('1 Main Street')
--> refused
SELECT (ST_Dump(geom)).pg_sleep FROM zones
--> refused
SELECT public.ST_FindExtent('places', 'geom')
