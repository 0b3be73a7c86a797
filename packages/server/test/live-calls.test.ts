import { describe, expect, it } from 'vitest';
import { LOCAL_CALLER } from '../src/call.ts';
import { createLiveCalls } from '../src/live-calls.ts';

const call = (requestId: string) => ({ requestId, tool: 'execute_query', caller: LOCAL_CALLER });

describe('calls under way', () => {
  it('are listed until they end', () => {
    const calls = createLiveCalls(new AbortController().signal);
    const hide = calls.show(call('a'), () => undefined);
    calls.show(call('b'), () => undefined);
    expect(calls.list().map(({ requestId }) => requestId)).toEqual(['a', 'b']);
    hide();
    expect(calls.list().map(({ requestId }) => requestId)).toEqual(['b']);
  });

  it('are ended one by one by an operator', () => {
    const calls = createLiveCalls(new AbortController().signal);
    const ended: string[] = [];
    const hide = calls.show(call('a'), () => ended.push('a'));
    calls.show(call('b'), () => ended.push('b'));
    expect(calls.cancel('a')).toBe(true);
    hide();
    expect(calls.cancel('a')).toBe(false);
    expect(ended).toEqual(['a']);
  });

  it('are all ended by a shutdown, with its reason, and so is one that begins later', () => {
    const shutdown = new AbortController();
    const calls = createLiveCalls(shutdown.signal);
    const reasons: unknown[] = [];
    calls.show(call('a'), (reason) => reasons.push(reason));
    const hide = calls.show(call('b'), (reason) => reasons.push(reason));
    hide();
    const reason = new Error('The server is shutting down.');
    shutdown.abort(reason);
    calls.show(call('c'), (late) => reasons.push(late));
    expect(reasons).toEqual([reason, reason]);
  });
});
