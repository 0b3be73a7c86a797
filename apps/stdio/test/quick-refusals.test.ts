import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
} from '@modelcontextprotocol/server';
import { describe, expect, it } from 'vitest';
import { withQuickRefusals } from '../../../scripts/quick-refusals.ts';

const ofSdk = { isJSONRPCRequest, isJSONRPCNotification, isJSONRPCResultResponse, isJSONRPCErrorResponse };
const names = Object.keys(ofSdk) as (keyof typeof ofSdk)[];

const folder = dirname(fileURLToPath(import.meta.resolve('@modelcontextprotocol/server')));
const sources = readdirSync(folder).filter((file) => /^src-[\w-]+\.mjs$/.test(file));

/** The rewritten functions; where they parse, they ask the SDK's own. */
function rewritten(): Record<string, (value: unknown) => boolean> {
  const source = withQuickRefusals(readFileSync(join(folder, sources[0] ?? ''), 'utf8'));
  const definitions = names.map((name) => source.match(new RegExp(`^const ${name} = .*;$`, 'm'))?.[0] ?? '');
  const schemas = names.map(
    (name) => `const ${name.slice(2)}Schema = { safeParse: (v) => ({ success: sdk.${name}(v) }) };`,
  );
  return new Function('sdk', `${schemas.join('\n')}\n${definitions.join('\n')}\nreturn { ${names.join(', ')} };`)(
    ofSdk,
  );
}

const messages: readonly unknown[] = [
  { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'x' } },
  { jsonrpc: '2.0', id: 'a', method: 'ping' },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
  { jsonrpc: '2.0', id: 1, result: {} },
  { jsonrpc: '2.0', id: 1, error: { code: -1, message: 'no' } },
  { jsonrpc: '2.0', error: { code: -1, message: 'nobody asked' } },
  { jsonrpc: '2.0', id: 1, result: {}, error: { code: -1, message: 'both' } },
  { jsonrpc: '2.0', id: 1, method: 'ping', result: {} },
  { jsonrpc: '2.0', id: null, method: 'ping' },
  { jsonrpc: '2.0', id: undefined, method: 'ping' },
  { jsonrpc: '2.0', id: 1, result: undefined },
  { jsonrpc: '1.0', id: 1, result: {} },
  { jsonrpc: '2.0', id: 1, method: 'ping', more: true },
  Object.create({ jsonrpc: '2.0', id: 1, method: 'ping' }),
  [],
  [{ jsonrpc: '2.0', id: 1, method: 'ping' }],
  'text',
  1,
  null,
  undefined,
];

describe('withQuickRefusals', () => {
  it('finds the module of the installed SDK', () => {
    expect(sources).toHaveLength(1);
  });

  it.each(names)('%s answers as the SDK does', (name) => {
    const quick = rewritten()[name];
    expect(messages.map((message) => quick?.(message))).toEqual(messages.map((message) => ofSdk[name](message)));
  });

  it('does not parse what cannot be of the kind', () => {
    const refused = new Function(
      'schema',
      `${withQuickRefusals(names.map((name) => `const ${name} = (value) => schema.safeParse(value).success;`).join('\n'))}
       return isJSONRPCResultResponse({ method: 'ping' }) || isJSONRPCErrorResponse({ result: {} });`,
    );
    const never = { safeParse: () => expect.unreachable('it was parsed') };
    expect(refused(never)).toBe(false);
  });

  it('says so when the SDK has changed', () => {
    expect(() => withQuickRefusals('const isJSONRPCRequest = (value) => true;')).toThrow('no longer defines');
  });
});
