import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
  /** Only means something for a text that parses: the library returns error texts as results. */
  fingerprint(sql: string): string;
  /** The tokens of a text that parses; as slow as two parses. */
  scan(sql: string): readonly TextToken[];
}

interface ParserModule {
  /** The instance's memory; another array after it has grown. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _wasm_parse_query_raw(pointer: number): number;
  _wasm_free_parse_result(pointer: number): void;
  _wasm_fingerprint(pointer: number): number;
  _wasm_scan(pointer: number): number;
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
    const compiling = readCode().then((bytes) => WebAssembly.compile(bytes));
    compiled = compiling;
    // A failure may be of the moment: the next guard tries again.
    compiling.catch(() => {
      compiled = undefined;
    });
  }
  return compiled;
}

/** A program that is bundled into few files has the code beside them, and no packages to find it in. */
async function readCode(): Promise<Buffer<ArrayBuffer>> {
  const bundled = new URL('./libpg-query.wasm', import.meta.url);
  const path = existsSync(bundled)
    ? bundled
    : createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm');
  return readFile(path);
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
    fingerprint: (sql) => withText(sql, (pointer) => stringResult(module._wasm_fingerprint(pointer))),
    scan: (sql) =>
      (JSON.parse(withText(sql, (pointer) => stringResult(module._wasm_scan(pointer)))) as { tokens: TextToken[] })
        .tokens,
  };
}
