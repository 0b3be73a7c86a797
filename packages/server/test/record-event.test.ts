import { expect, it } from 'vitest';
import { createLogger } from '../src/observe/index.ts';
import { recordGuardEvent, recordPoolEvent } from '../src/observe/record-event.ts';

function capture() {
  const lines: Record<string, unknown>[] = [];
  const destination = {
    write(line: string) {
      lines.push(JSON.parse(line));
    },
  };
  return { lines, logger: createLogger({ level: 'debug', destination }) };
}

it('events of the libraries become log lines of the level they deserve, without secrets', () => {
  const { lines, logger } = capture();
  const error = new Error('cannot reach postgresql://u:hunter2@h/d');
  recordPoolEvent(logger, { type: 'connect-failed', database: 'shop', error, willRetry: true });
  recordPoolEvent(logger, { type: 'connection-closed', database: 'shop', processId: 7, reason: 'idle' });
  recordPoolEvent(logger, { type: 'connection-closed', database: 'shop', processId: 7, reason: 'lost', error });
  recordPoolEvent(logger, { type: 'transaction-lost', database: 'shop', processId: 7 });
  recordGuardEvent(logger, { type: 'worker-discarded', reason: 'timeout' });
  expect(lines.map(({ level, event }) => [level, event])).toEqual([
    ['warn', 'connect-failed'],
    ['debug', 'connection-closed'],
    ['warn', 'connection-closed'],
    ['error', 'transaction-lost'],
    ['warn', 'worker-discarded'],
  ]);
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});
