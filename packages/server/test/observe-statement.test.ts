import { expect, it } from 'vitest';
import { LOCAL_CALLER, noProgress } from '../src/call.ts';
import { createStatementObserver } from '../src/execution/observe-statement.ts';
import { startCall } from '../src/start-call.ts';

it('records a timeout as one, in whatever language the server says so', async () => {
  const observe = createStatementObserver({ hashKey: Buffer.alloc(32), comments: false, begin: () => () => undefined });
  const { call, finish } = startCall({
    tool: 'execute_query',
    caller: LOCAL_CALLER,
    signal: new AbortController().signal,
    progress: noProgress,
  });
  const failed = Object.assign(new Error('storniere Anfrage wegen Zeitüberschreitung der Anfrage'), {
    severity: 'FEHLER',
    code: '57014',
  });
  const statement = { database: { name: 'shop' }, sql: 'SELECT 1' } as Parameters<typeof observe>[0];
  await expect(observe(statement, call, () => Promise.reject(failed))).rejects.toBe(failed);
  expect(finish().statements).toMatchObject([{ sqlstate: '57014', timedOut: true, cancelled: false }]);
});
