--> select
SELECT PostGIS_Version(), PostGIS_Lib_Version(), PostGIS_GEOS_Version()
--> select
SELECT id, ST_AsText(geom), ST_X(geom), ST_Y(geom), ST_SRID(geom), GeometryType(geom), ST_GeometryType(geom) FROM places
--> select
SELECT id, ST_AsGeoJSON(geom)::json AS geometry FROM places ORDER BY id LIMIT 10
--> select
SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(ST_AsGeoJSON(p.*)::json)) FROM places p
--> select
SELECT jsonb_build_object('type', 'Feature', 'id', id, 'geometry', ST_AsGeoJSON(geom, 6)::jsonb, 'properties', to_jsonb(p) - 'geom') FROM places p
--> select
SELECT a.name, b.name, ST_Distance(a.geom::geography, b.geom::geography) AS metres FROM places a JOIN places b ON a.id < b.id ORDER BY 3 LIMIT 5
--> select
SELECT * FROM places WHERE ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint(13.4, 52.5), 4326)::geography, 1000)
--> select
SELECT name FROM places WHERE ST_DWithin(geog, 'SRID=4326;POINT(0.5 50)'::geography, 50000)
--> select
SELECT name, geom <-> ST_SetSRID(ST_MakePoint(0.5, 50), 4326) AS degrees FROM places ORDER BY geom <-> ST_SetSRID(ST_MakePoint(0.5, 50), 4326) LIMIT 3
--> select
SELECT name FROM places ORDER BY geog <-> ST_Point(0.5, 50)::geography LIMIT 3
--> select
SELECT z.name, count(p.id) AS shops FROM zones z LEFT JOIN places p ON ST_Contains(z.geom, p.geom) AND p.kind = 'shop' GROUP BY z.name ORDER BY shops DESC
--> select
SELECT z.id, sum(ST_Area(z.geom::geography)) / 1e6 AS km2, z.population / (ST_Area(z.geom::geography) / 1e6) AS density FROM zones z GROUP BY z.id
--> select
SELECT p.id FROM places p WHERE NOT EXISTS (SELECT FROM zones z WHERE ST_Intersects(z.geom, p.geom))
--> select
SELECT * FROM places WHERE geom && ST_MakeEnvelope(0, 49, 1, 51, 4326)
--> select
SELECT * FROM places WHERE geom @ ST_MakeEnvelope(0, 49, 1, 51, 4326) AND ST_Within(geom, ST_GeomFromText('POLYGON((0 49, 1 49, 1 51, 0 51, 0 49))', 4326))
--> select
SELECT ST_AsText(ST_Transform(geom, 3857)), ST_AsText(ST_Transform(ST_SetSRID(ST_MakePoint(8.5, 47.4), 4326), 2056)) FROM places
--> select
SELECT ST_Transform(geom, srid::int) FROM places
--> select
SELECT ST_Transform(geom, 32600 + floor((ST_X(geom) + 180) / 6)::int + 1) FROM places
--> select
SELECT ST_Transform(p.geom, ST_SRID(z.geom)) FROM places p, zones z
--> select
SELECT ST_Transform(geom, CASE WHEN ST_Y(geom) > 0 THEN 32631 ELSE 32731 END) FROM places
--> select
SELECT ST_AsText(ST_Buffer(ST_Transform(geom, 3857), 500)) FROM places LIMIT 1
--> select
SELECT ST_NPoints(ST_Buffer(geom, 0.1, 16)), ST_Area(ST_Buffer(geom, 1, 'quad_segs=8 endcap=square')), ST_Buffer(geog, 100) FROM places LIMIT 1
--> select
SELECT ST_Union(geom), ST_Collect(geom), ST_Extent(geom), ST_AsText(ST_Centroid(ST_Union(geom))) FROM zones
--> select
SELECT ST_AsText(ST_MakeLine(geom ORDER BY id)) AS track, ST_Length(ST_MakeLine(geom ORDER BY id)::geography) FROM places
--> select
SELECT ST_ConvexHull(ST_Collect(geom)), ST_ConcaveHull(ST_Collect(geom), 0.8), ST_Envelope(ST_Collect(geom)), ST_OrientedEnvelope(ST_Collect(geom)) FROM places
--> select
SELECT (ST_Dump(geom)).geom, (ST_Dump(geom)).path[1] FROM zones
--> select
SELECT z.name, d.path, ST_AsText(d.geom) FROM zones z CROSS JOIN LATERAL ST_DumpPoints(z.geom) AS d
--> select
SELECT (dp).path, ST_X((dp).geom) FROM (SELECT ST_DumpPoints(geom) AS dp FROM zones) s
--> select
SELECT (ST_DumpRings((ST_Dump(geom)).geom)).geom FROM zones
--> select
SELECT id, ST_IsValid(geom), ST_IsValidReason(geom), (ST_IsValidDetail(geom)).reason FROM zones WHERE NOT ST_IsEmpty(geom)
--> select
SELECT ST_IsSimple(geom), ST_IsClosed(ST_Boundary(geom)), ST_NumGeometries(geom), ST_NRings(geom), ST_NPoints(geom), ST_Dimension(geom), ST_CoordDim(geom) FROM zones
--> select
SELECT ST_AsText(ST_MakeValid(geom)), ST_AsText(ST_SimplifyPreserveTopology(geom, 0.01)), ST_AsText(ST_Simplify(geom, 0.1)), ST_SnapToGrid(geom, 0.001) FROM zones
--> select
SELECT a.id, b.id, ST_Relate(a.geom, b.geom), ST_Touches(a.geom, b.geom), ST_Overlaps(a.geom, b.geom), ST_Equals(a.geom, b.geom), ST_Disjoint(a.geom, b.geom), ST_Crosses(a.geom, b.geom) FROM zones a, zones b WHERE a.id < b.id
--> select
SELECT ST_Area(ST_Intersection(a.geom, b.geom)), ST_Area(ST_Difference(a.geom, b.geom)), ST_Area(ST_SymDifference(a.geom, b.geom)) FROM zones a, zones b
--> select
SELECT id, ST_ClusterDBSCAN(geom, eps := 0.5, minpoints := 2) OVER () AS cluster FROM places
--> select
SELECT id, ST_ClusterKMeans(geom, 3) OVER (PARTITION BY kind) AS cluster FROM places
--> select
SELECT unnest(ST_ClusterWithin(geom, 0.2)) FROM places
--> select
SELECT ST_AsMVT(tile, 'places') FROM (SELECT id, name, ST_AsMVTGeom(ST_Transform(geom, 3857), ST_TileEnvelope(5, 16, 10), 4096, 64, true) AS geom FROM places WHERE geom && ST_Transform(ST_TileEnvelope(5, 16, 10), 4326)) AS tile
--> select
SELECT h.i, h.j, count(p.id) FROM ST_HexagonGrid(0.5, ST_MakeEnvelope(0, 49, 3, 51, 4326)) AS h LEFT JOIN places p ON ST_Intersects(p.geom, h.geom) GROUP BY h.i, h.j
--> select
SELECT (ST_SquareGrid(1, geom)).* FROM zones WHERE id = 1
--> select
SELECT ST_GeoHash(geom), ST_GeoHash(geom, 6), ST_AsText(ST_GeomFromGeoHash('u33db')), ST_AsText(ST_PointFromGeoHash('u33db')) FROM places
--> select
SELECT ST_AsText('0101000020E6100000000000000000F03F000000000000F03F'::geometry), ST_AsEWKT('SRID=4326;POINT(1 2)'::geometry), encode(ST_AsBinary(geom), 'hex') FROM places LIMIT 1
--> select
SELECT ST_GeomFromGeoJSON('{"type":"Point","coordinates":[13.4,52.5]}'), ST_GeomFromWKB('\x0101000000000000000000f03f0000000000000040', 4326), ST_GeogFromText('POINT(1 2)'), ST_PointFromText('POINT(1 2)', 4326)
--> select
SELECT ST_LineInterpolatePoint(line, 0.5), ST_LineLocatePoint(line, ST_Point(1, 1)), ST_LineSubstring(line, 0.2, 0.8), ST_NumGeometries(ST_LineInterpolatePoints(line, 0.1)), ST_StartPoint(line), ST_EndPoint(line), ST_PointN(line, 2) FROM (SELECT 'LINESTRING(0 0, 1 1, 3 2)'::geometry AS line) l
--> select
SELECT degrees(ST_Azimuth(a.geom, b.geom)), ST_AsText(ST_Project(a.geog, 1000, radians(45))), ST_AsText(ST_ClosestPoint(a.geom, b.geom)), ST_AsText(ST_ShortestLine(a.geom, b.geom)) FROM places a, places b WHERE a.id = 1 AND b.id = 2
--> select
SELECT ST_HausdorffDistance(a.geom, b.geom), ST_FrechetDistance(ST_MakeLine(a.geom, b.geom), ST_MakeLine(b.geom, a.geom)), ST_MaxDistance(a.geom, b.geom), ST_DistanceSphere(a.geom, b.geom) FROM places a, places b WHERE a.id = 1 AND b.id = 2
--> select
SELECT ST_Perimeter(geom::geography), ST_MinimumBoundingCircle(geom), (ST_MinimumBoundingRadius(geom)).radius, (ST_MaximumInscribedCircle(geom)).center, ST_PointOnSurface(geom) FROM zones
--> select
SELECT ST_Subdivide(geom, 10), ST_VoronoiPolygons(geom), ST_DelaunayTriangles(geom), ST_Boundary(geom), ST_ExteriorRing((ST_Dump(geom)).geom) FROM zones WHERE id = 1
--> select
SELECT ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e) FROM (SELECT ST_Extent(geom) AS e FROM places) x
--> select
SELECT Box2D(geom), Box3D(geom), ST_Expand(geom, 1), ST_Translate(geom, 1, 1), ST_Rotate(geom, pi() / 4), ST_Scale(geom, 2, 2), ST_FlipCoordinates(geom), ST_Reverse(geom) FROM places
--> select
SELECT ST_Force2D(geom), ST_Force3D(geom), ST_Multi(geom), ST_CollectionExtract(ST_Collect(geom, geom), 1), ST_MemSize(geom), ST_Summary(geom) FROM places
--> select
SELECT ST_AsKML(geom), ST_AsGML(geom), ST_AsSVG(geom), ST_AsLatLonText(geom), ST_AsEncodedPolyline(ST_MakeLine(geom, geom)), ST_AsTWKB(geom), ST_AsEWKB(geom) FROM places LIMIT 1
--> select
SELECT ST_AsText(ST_GeneratePoints(geom, 12, 1996)) FROM zones WHERE id = 1
--> select
SELECT ST_Length(ST_MakeLine(ARRAY[ST_MakePoint(1, 2), ST_MakePoint(3, 4), ST_MakePoint(23, 14)]))
--> select
SELECT ST_MakePolygon(ST_GeomFromText('LINESTRING(75 29, 77 29, 77 29, 75 29)')), ST_Polygonize(geom), ST_LineMerge(ST_Collect(ST_Boundary(geom))), ST_Node(ST_Collect(ST_Boundary(geom))) FROM zones GROUP BY geom
--> select
SELECT ST_AsGeoJSON(ST_Collect(ST_MakePoint(x, y))) FROM generate_series(1, 30) AS x, generate_series(1, 30) AS y
--> select
SELECT f_table_schema, f_table_name, f_geometry_column, srid, type FROM geometry_columns
--> select
SELECT * FROM geography_columns
--> select
SELECT srid, auth_name, proj4text FROM spatial_ref_sys WHERE srid IN (4326, 3857)
--> select
SELECT ST_SRID(geom), Find_SRID_of.srid FROM places, (SELECT 4326 AS srid) AS Find_SRID_of
--> select
WITH target AS (SELECT geom FROM places WHERE id = 1) SELECT p.id, row_number() OVER (ORDER BY p.geom <-> t.geom) AS rank FROM places p, target t WHERE p.id <> 1
--> select
WITH RECURSIVE hop AS (SELECT id, geom, 0 AS n FROM places WHERE id = 1 UNION ALL SELECT q.id, q.geom, n + 1 FROM hop CROSS JOIN LATERAL (SELECT p.id, p.geom FROM places p WHERE p.id > hop.id ORDER BY p.geom <-> hop.geom LIMIT 1) q WHERE n < 5) SELECT * FROM hop
--> select
SELECT kind, ST_AsText(ST_GeometricMedian(ST_Collect(geom))), ST_AsText(ST_Centroid(ST_Collect(geom))) FROM places GROUP BY kind
--> select
SELECT id FROM zones WHERE geom ~= ST_Multi(ST_MakeEnvelope(0, 49, 1, 51, 4326)) OR geom |&> ST_MakeEnvelope(0, 0, 1, 1, 4326) OR geom << ST_MakeEnvelope(5, 0, 6, 1, 4326)
--> select
SELECT ST_LocateAlong(ST_AddMeasure('LINESTRING(0 0, 10 0)'::geometry, 0, 100), 50), ST_M(ST_PointN('LINESTRINGM(0 0 1, 1 1 2)'::geometry, 1))
--> select
SELECT geom::text, geom::geometry(Point, 4326), geom::point, geog::geometry FROM places
--> select
SELECT ST_3DDistance('POINT Z(0 0 0)'::geometry, 'POINT Z(1 1 1)'::geometry), ST_Z('POINT Z(0 0 5)'::geometry), ST_ZMax('LINESTRING Z(0 0 1, 1 1 7)'::geometry)
