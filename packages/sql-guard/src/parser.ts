import type { ParseTree } from './verdict.ts';

/** What the parser itself says about a text that is not SQL. */
export interface ParserError {
  readonly message: string;
  /** 0-based, in code points. */
  readonly codePointOffset: number;
}

/** One token of a text; places are UTF-8 byte offsets. */
export interface TextToken {
  readonly start: number;
  readonly end: number;
  /** Number of the token in the grammar of the pinned parser. */
  readonly tokenType: number;
}

/** One instance of PostgreSQL's parser. Any exception of these functions means that the instance must not be used again. */
export interface Parser {
  parse(sql: string): ParseTree | ParserError;
  /** The tokens of a text that parses; as slow as two parses. */
  scan(sql: string): readonly TextToken[];
}

/** True for the answer to a text that is not SQL. */
export const isParserError = (outcome: ParseTree | ParserError): outcome is ParserError => 'codePointOffset' in outcome;
