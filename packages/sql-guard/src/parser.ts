import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { ParseTree } from './verdict.ts';

/** What the parser itself says about a text that is not SQL. */
export interface ParserError {
  readonly message: string;
  /** 0-based, in code points. */
  readonly codePointOffset: number;
}

/** One instance of PostgreSQL's parser. Any exception of these functions means that the instance must not be used again. */
export interface Parser {
  parse(sql: string): ParseTree | ParserError;
  /** Only means something for a text that parses: the library returns error texts as results. */
  normalize(sql: string): string;
  fingerprint(sql: string): string;
}

interface ParserModule {
  lengthBytesUTF8(text: string): number;
  stringToUTF8(text: string, pointer: number, bytes: number): void;
  UTF8ToString(pointer: number): string;
  getValue(pointer: number, type: 'i32'): number;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _wasm_parse_query_raw(pointer: number): number;
  _wasm_free_parse_result(pointer: number): void;
  _wasm_normalize_query(pointer: number): number;
  _wasm_fingerprint(pointer: number): number;
  _wasm_free_string(pointer: number): void;
}

/** True for the answer to a text that is not SQL. */
export const isParserError = (outcome: ParseTree | ParserError): outcome is ParserError => 'codePointOffset' in outcome;

interface ModuleOptions {
  instantiateWasm(imports: object, receive: (instance: WebAssembly.Instance) => void): object;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * Compiles the parser once for the whole process. Instances share the code and never free it: V8 has crashed where threads that end
 * freed compiled WebAssembly (nodejs/node#64500), and compiling is most of the time that a thread takes to start.
 */
export function compileParser(): Promise<WebAssembly.Module> {
  if (!compiled) {
    const path = createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm');
    const compiling = readFile(path).then((bytes) => WebAssembly.compile(bytes));
    compiled = compiling;
    // A failure may be of the moment: the next guard tries again.
    compiling.catch(() => {
      compiled = undefined;
    });
  }
  return compiled;
}

/**
 * Makes an instance of its own from the package's factory. The instance that the package shares between all its users cannot be
 * replaced after a fault, so it is not used.
 */
export async function createParser(code?: WebAssembly.Module): Promise<Parser> {
  const { default: createModule } = (await import('libpg-query/wasm/libpg-query.js')) as {
    default: (options: ModuleOptions) => Promise<ParserModule>;
  };
  const shared = code ?? (await compileParser());
  const module = await createModule({
    instantiateWasm(imports, receive) {
      receive(new WebAssembly.Instance(shared, imports));
      return {};
    },
  });

  function withText<Result>(sql: string, use: (pointer: number) => Result): Result {
    const bytes = module.lengthBytesUTF8(sql) + 1;
    const pointer = module._malloc(bytes);
    if (pointer === 0) throw new Error('The parser has no memory left.');
    module.stringToUTF8(sql, pointer, bytes);
    const result = use(pointer);
    module._free(pointer);
    return result;
  }

  function stringResult(pointer: number): string {
    if (pointer === 0) throw new Error('The parser gave no result.');
    const text = module.UTF8ToString(pointer);
    module._wasm_free_string(pointer);
    return text;
  }

  return {
    parse(sql) {
      return withText(sql, (pointer) => {
        const result = module._wasm_parse_query_raw(pointer);
        if (result === 0) throw new Error('The parser gave no result.');
        // struct PgQueryParseResult { char *parse_tree; char *stderr_buffer; PgQueryError *error; }
        const errorPointer = module.getValue(result + 8, 'i32');
        let outcome: ParseTree | ParserError;
        if (errorPointer !== 0) {
          // struct PgQueryError { char *message; char *funcname; char *filename; int lineno; int cursorpos; … }
          const cursor = module.getValue(errorPointer + 16, 'i32');
          outcome = {
            message: module.UTF8ToString(module.getValue(errorPointer, 'i32')),
            codePointOffset: Math.max(cursor - 1, 0),
          };
        } else {
          outcome = JSON.parse(module.UTF8ToString(module.getValue(result, 'i32'))) as ParseTree;
          if (!Array.isArray(outcome.stmts)) outcome = { version: outcome.version, stmts: [] };
        }
        module._wasm_free_parse_result(result);
        return outcome;
      });
    },
    normalize: (sql) => withText(sql, (pointer) => stringResult(module._wasm_normalize_query(pointer))),
    fingerprint: (sql) => withText(sql, (pointer) => stringResult(module._wasm_fingerprint(pointer))),
  };
}
