import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as nl2sql from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('has an example that runs and prints the answer', async () => {
    const example = /```ts\n(import \{ createAsk \}[\s\S]*?)```\n\nThe check above/.exec(readme)![1]!;
    const body = stripTypeScriptTypes(example).replace(/^import .*$/m, 'const { createAsk } = nl2sql;');
    const printed: unknown[][] = [];
    const run = new Function('nl2sql', 'console', `return (async () => {${body}})()`);
    await run(nl2sql, { log: (...values: unknown[]) => printed.push(values) });
    expect(printed).toEqual([['SELECT name FROM cities ORDER BY people DESC LIMIT 1', [['Tokyo']]]]);
  });

  it('names every option of createAsk', () => {
    for (const option of [
      'verifiedPairs',
      'maxRepairs',
      'maxSchemaTokens',
      'maxOutputTokens',
      'validateResult',
      'valueHints',
      'retryImplausible',
      'context',
      'now',
      'timeZone',
      'onEvent',
    ]) {
      expect(readme).toContain(`\`${option}\``);
    }
  });
});
