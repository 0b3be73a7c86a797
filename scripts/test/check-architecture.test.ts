import { describe, expect, it } from 'vitest';
import { drawerName, findCycle, forbiddenImport, importsOf } from '../check-architecture.mjs';
import { missingPlatforms } from '../check-lockfile-platforms.mjs';

describe('the architecture check', () => {
  it('finds static, type, dynamic and side-effect imports, and ignores examples in comments', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { B } from '@pgmcp/pool';",
      "export * from './c.ts';",
      "import 'side-effect';",
      "const d = await import('d');",
      "/** import { x } from 'in-a-comment'; */",
      "// import 'also-in-a-comment';",
    ].join('\n');
    expect(importsOf(text)).toEqual(['./a.ts', '@pgmcp/pool', './c.ts', 'side-effect', 'd']);
  });

  it.each([
    ['packages/pool/src/a.ts', '@pgmcp/sql-guard'],
    ['packages/server/src/a.ts', 'pg'],
    ['packages/server/src/a.ts', '@pgmcp/pool/dist/inner.js'],
    ['packages/nl2sql/src/ask.ts', 'openai'],
    ['packages/schema-introspect/src/a.ts', '@modelcontextprotocol/server'],
    ['packages/server/src/a.ts', 'libpg-query'],
    ['packages/server/src/a.ts', '@pgmcp/stdio'],
    ['apps/http/src/main.ts', '@pgmcp/pool'],
    ['apps/http/src/main.ts', '@pgmcp/testing'],
  ])('refuses %s importing %s', (file, specifier) => {
    expect(forbiddenImport(file, specifier)).toBeTypeOf('string');
  });

  it.each([
    ['packages/pool/src/a.ts', 'pg'],
    ['packages/server/src/a.ts', '@pgmcp/pool'],
    ['packages/nl2sql/src/openai/index.ts', 'openai'],
    ['apps/http/src/main.ts', '@pgmcp/server'],
    ['apps/stdio/src/demo.ts', '@pgmcp/testing/embedded-postgres'],
  ])('allows %s importing %s', (file, specifier) => {
    expect(forbiddenImport(file, specifier)).toBeUndefined();
  });

  it('names a drawer and a cycle', () => {
    expect(drawerName('packages/pool/src/utils/text.ts')).toBe('utils');
    expect(drawerName('packages/pool/src/helpers.ts')).toBe('helpers');
    expect(drawerName('packages/pool/src/cancel.ts')).toBeUndefined();
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
        ]),
      ),
    ).toEqual(['a', 'b', 'c', 'a']);
    expect(
      findCycle(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['c']],
          ['c', []],
        ]),
      ),
    ).toBeUndefined();
  });
});

describe('the lockfile platform check', () => {
  it('names a platform package that the lockfile lacks', () => {
    const manifest = {
      name: 'tool',
      version: '1.0.0',
      optionalDependencies: { '@tool/linux-x64': '1.0.0', 'tool-darwin': '1.0.0' },
    };
    const complete = "packages:\n  '@tool/linux-x64@1.0.0':\n  tool-darwin@1.0.0:\n";
    expect(missingPlatforms([manifest], complete)).toEqual([]);
    expect(missingPlatforms([manifest], "packages:\n  '@tool/linux-x64@1.0.0':\n")).toEqual([
      'tool@1.0.0 -> tool-darwin',
    ]);
  });
});
