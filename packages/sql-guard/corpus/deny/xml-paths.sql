--> size FuncCall 1:8
SELECT xpath('//a//a//a//a', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('/r/a/following-sibling::a', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('/r/a/preceding-sibling :: a', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('count(//a/following::a/following::a)', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('/r/a[1]/following-sibling::a[1]/preceding-sibling::a', doc) FROM events
--> size FuncCall 1:8
SELECT xpath_exists('//a/preceding::a', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('/r/a[count(../a[count(../a)>1])>1]', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('/r/a[count(../a)>1][count(../a)>1][count(../a)>1]', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('/r/a[/r/a[. = /r/b]]', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*|/r/*', doc) FROM events
--> size FuncCall 1:8
SELECT xpath('/r/a/../a/../a/../a/../a/../a/../a/../a/../a/../a/../a/../a/../a/../a/../a/../a/../a/..', doc) FROM events
--> size RangeTableFunc 1:25
SELECT x.n FROM events, xmltable('/r/a' PASSING doc COLUMNS n int PATH 'count(preceding-sibling::a/preceding-sibling::a)') x
--> size FuncCall 1:8
SELECT xpath('//a//a//a', ('<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a>'||repeat('<a/>', 2000))::xml)
--> size FuncCall 1:8
SELECT xpath('//a[1]/following-sibling::a', ('<r>' || repeat('<a/>', 4999) || '</r>')::xml)
--> size FuncCall 1:8
SELECT xpath('//a[1]/following-sibling::a', xmlelement(name r, xmlagg(xmlelement(name a)))) FROM generate_series(1, 20000)
--> size RangeTableFunc 1:22
SELECT count(*) FROM xmltable('//a//a//a' PASSING ('<r>' || repeat('<a>', 1300) || '</r>') COLUMNS x text)
