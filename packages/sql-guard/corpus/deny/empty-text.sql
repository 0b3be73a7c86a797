--> statements ParseResult.stmts 1:1
--
--> statements ParseResult.stmts 1:1
 
--> statements ParseResult.stmts 1:1
;
--> statements ParseResult.stmts 1:1
;;
--> statements ParseResult.stmts 1:1
/* nothing */
--> statements ParseResult.stmts 1:1
-- nothing
--> statements ParseResult.stmts 1:1
/* outer /* inner */ */
--> statements ParseResult.stmts 1:1
	;	
