import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MessageGate } from '../src/message-gate.ts';

const LIMIT = 100;

function messageOf(type: string, bodyBytes: number): Buffer {
  const message = Buffer.alloc(5 + bodyBytes, 'x');
  message.write(type, 0);
  message.writeUInt32BE(bodyBytes + 4, 1);
  // Errors end so.
  if (type === 'E') message.fill(0, message.length - 2);
  return message;
}

/** Cuts a buffer at random places. */
function slices(whole: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((start, index) => whole.subarray(start, places[index] ?? whole.length));
}

function pass(chunks: readonly Buffer[]): { passed: Buffer; error: Error | undefined } {
  const passed: Buffer[] = [];
  let error: Error | undefined;
  const gate = new MessageGate({ name: 'shop', maxMessageBytes: LIMIT, isLoggedIn: true }, (refusal) => {
    expect(error).toBeUndefined();
    error = refusal;
  });
  gate.on('data', (chunk: Buffer) => {
    expect(chunk.length).toBeGreaterThan(0);
    passed.push(chunk);
  });
  // Copies: the gate moves bytes within what it is given.
  for (const chunk of chunks) gate.push(Buffer.from(chunk));
  return { passed: Buffer.concat(passed), error };
}

const harmless = fc.array(
  fc.record({ type: fc.constantFrom('D', 'C', 'Z', 'T', 'E'), bodyBytes: fc.integer({ min: 2, max: LIMIT - 4 }) }),
  { minLength: 1, maxLength: 12 },
);
const cuts = fc.array(fc.nat(5_000), { maxLength: 20 });

describe('the gate between socket and parser', () => {
  test('passes on every byte of harmless messages, however the network has cut them', () => {
    fc.assert(
      fc.property(harmless, cuts, (messages, places) => {
        const whole = Buffer.concat(messages.map(({ type, bodyBytes }) => messageOf(type, bodyBytes)));
        expect(pass(slices(whole, places))).toEqual({ passed: whole, error: undefined });
      }),
    );
  });

  test('leaves out the answers that say nothing, however the network has cut them', () => {
    const isEmpty = (type: string) => type === '1' || type === '2';
    const some = fc.array(
      fc.record({ type: fc.constantFrom('1', '2', 'V', 'D', 'C', 'Z'), bodyBytes: fc.nat(LIMIT - 4) }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(some, cuts, (messages, places) => {
        const made = messages.map(({ type, bodyBytes }) => messageOf(type, isEmpty(type) ? 0 : bodyBytes));
        const kept = made.filter((message) => !/[12V]/.test(message.toString('latin1', 0, 1)));
        const { passed, error } = pass(slices(Buffer.concat(made), places));
        expect(error).toBeUndefined();
        expect(passed).toEqual(Buffer.concat(kept));
      }),
      { numRuns: 500 },
    );
  });

  test('refuses a message above the limit before its body has come, however the network has cut it', () => {
    fc.assert(
      fc.property(harmless, cuts, fc.integer({ min: LIMIT - 3, max: 0x7fffffff }), (messages, places, bodyBytes) => {
        const header = Buffer.alloc(5, 'D');
        header.writeUInt32BE(bodyBytes + 4, 1);
        const whole = Buffer.concat([...messages.map((message) => messageOf(message.type, message.bodyBytes)), header]);
        const { passed, error } = pass(slices(whole, places));
        expect(error).toMatchObject({ code: 'RESULT_TOO_LARGE', database: 'shop' });
        expect(whole.subarray(0, passed.length)).toEqual(passed);
      }),
    );
  });

  test('refuses an error or a notice that does not end, however the network has cut it, and passes on one that does', () => {
    const body = fc.uint8Array({ max: LIMIT - 4 }).map((bytes) => bytes.map((byte) => byte % 3));
    fc.assert(
      fc.property(fc.constantFrom('E', 'N'), body, harmless, cuts, (type, bytes, messages, places) => {
        const report = messageOf('D', bytes.length);
        report.write(type);
        report.set(bytes, 5);
        const whole = Buffer.concat([report, ...messages.map((message) => messageOf(message.type, message.bodyBytes))]);
        const { passed, error } = pass(slices(whole, places));
        const ends = bytes.length === 1 ? bytes[0] === 0 : bytes.length > 1 && bytes.at(-1) === 0 && bytes.at(-2) === 0;
        expect(error === undefined).toBe(ends);
        if (ends) expect(passed).toEqual(whole);
        else expect(passed.length).toBeLessThan(report.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(['G', 'H', 'W'])('refuses the COPY answer %s', (type) => {
    expect(pass([messageOf(type, 3)]).error).toMatchObject({ code: 'COPY_REFUSED' });
  });

  test('refuses a length that cannot be', () => {
    expect(pass([Buffer.from([0x44, 0, 0, 0, 3])]).error).toMatchObject({
      message: expect.stringContaining("does not speak PostgreSQL's protocol"),
    });
  });

  test.each([
    ['a COPY answer', messageOf('H', 3)],
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request')],
    ['a huge message', Buffer.from([0x44, 0x7f, 0, 0, 0])],
  ])('says during log-in that %s is not PostgreSQL', (_, bytes) => {
    let refusal: Error | undefined;
    const gate = new MessageGate({ name: 'shop', maxMessageBytes: 2 ** 30, isLoggedIn: false }, (error) => {
      refusal = error;
    });
    gate.push(bytes);
    expect(refusal?.message).toContain("does not speak PostgreSQL's protocol");
  });

  test('passes nothing on after a refusal', () => {
    expect(pass([messageOf('H', 3), messageOf('D', 3)]).passed.length).toBe(0);
  });

  test('turns an exception of the parser into a refusal', () => {
    let refusal: Error | undefined;
    const gate = new MessageGate({ name: 'shop', maxMessageBytes: LIMIT, isLoggedIn: true }, (error) => {
      refusal = error;
    });
    gate.on('data', () => {
      throw new RangeError('too long');
    });
    gate.push(messageOf('D', 3));
    expect(refusal).toBeInstanceOf(RangeError);
  });
});
