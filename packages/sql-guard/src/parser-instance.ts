import createModule from 'libpg-query/wasm/libpg-query.js';
import type { Parser, ParserError, TextToken } from './parser.ts';
import type { ParseTree } from './verdict.ts';

interface ParserModule {
  /** The instance's memory; another array after it has grown. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _wasm_parse_query_raw(pointer: number): number;
  _wasm_free_parse_result(pointer: number): void;
  _wasm_scan(pointer: number): number;
  _wasm_free_string(pointer: number): void;
}

interface ModuleOptions {
  instantiateWasm(imports: object, receive: (instance: WebAssembly.Instance) => void): object;
}

const loadModule = createModule as (options: ModuleOptions) => Promise<ParserModule>;

/**
 * Makes an instance of its own from the package's factory. The instance that the package shares between all its users cannot be
 * replaced after a fault, so it is not used.
 */
export async function createParser(code: WebAssembly.Module): Promise<Parser> {
  const module = await loadModule({
    instantiateWasm(imports, receive) {
      receive(new WebAssembly.Instance(code, imports));
      return {};
    },
  });

  let view = Buffer.from(module.HEAPU8.buffer);
  /** Memory as a Buffer, whose conversions are several times as fast as those that Emscripten brings. */
  function memory(): Buffer {
    const { buffer } = module.HEAPU8;
    if (view.buffer !== buffer) view = Buffer.from(buffer);
    return view;
  }
  function textAt(pointer: number): string {
    const bytes = memory();
    return bytes.toString('utf8', pointer, bytes.indexOf(0, pointer));
  }
  const integerAt = (pointer: number): number => memory().readInt32LE(pointer);

  function withText<Result>(sql: string, use: (pointer: number) => Result): Result {
    const size = Buffer.byteLength(sql, 'utf8');
    const pointer = module._malloc(size + 1);
    if (pointer === 0) throw new Error('The parser has no memory left.');
    const bytes = memory();
    bytes.write(sql, pointer, size, 'utf8');
    bytes[pointer + size] = 0;
    const result = use(pointer);
    module._free(pointer);
    return result;
  }

  function stringResult(pointer: number): string {
    if (pointer === 0) throw new Error('The parser gave no result.');
    const text = textAt(pointer);
    module._wasm_free_string(pointer);
    return text;
  }

  return {
    parse(sql) {
      return withText(sql, (pointer) => {
        const result = module._wasm_parse_query_raw(pointer);
        if (result === 0) throw new Error('The parser gave no result.');
        // struct PgQueryParseResult { char *parse_tree; char *stderr_buffer; PgQueryError *error; }
        const errorPointer = integerAt(result + 8);
        let outcome: ParseTree | ParserError;
        if (errorPointer !== 0) {
          // struct PgQueryError { char *message; char *funcname; char *filename; int lineno; int cursorpos; … }
          const cursor = integerAt(errorPointer + 16);
          outcome = {
            message: textAt(integerAt(errorPointer)),
            codePointOffset: Math.max(cursor - 1, 0),
          };
        } else {
          outcome = JSON.parse(textAt(integerAt(result))) as ParseTree;
          if (!Array.isArray(outcome.stmts)) outcome = { version: outcome.version, stmts: [] };
        }
        module._wasm_free_parse_result(result);
        return outcome;
      });
    },
    scan: (sql) =>
      (JSON.parse(withText(sql, (pointer) => stringResult(module._wasm_scan(pointer)))) as { tokens: TextToken[] })
        .tokens,
  };
}
