--> size A_Const 1:21
SELECT xpath('//x', '<!DOCTYPE foo [<!ENTITY xxe SYSTEM "file:///etc/passwd">]><foo>&xxe;</foo>'::xml)
--> size A_Const 1:26
SELECT xmlparse(document '<!DOCTYPE foo [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><foo>&b;</foo>')
--> size A_Const 1:8
SELECT '<!DOCTYPE foo SYSTEM "http://127.0.0.1/x.dtd"><foo/>'::xml
--> size A_Const 1:12
SELECT xml '<!DOCTYPE foo [<!ENTITY % x SYSTEM "file:///etc/hostname">]><foo/>'
--> size A_Const 1:55
SELECT * FROM xmltable('/a' PASSING XMLPARSE(DOCUMENT '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>') COLUMNS v text PATH '.')
--> size A_Const 1:36
SELECT xml_is_well_formed_document('<!DOCTYPE foo [<!ENTITY xxe SYSTEM "file:///etc/passwd">]><foo>&xxe;</foo>')
