import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bind, execute, parse, SYNC, statementMessages } from '../src/wire.ts';

const DESCRIBE = Buffer.from([0x44, 0, 0, 0, 6, 0x50, 0]);

test('one buffer holds exactly what the messages hold one by one', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 });
  fc.assert(
    fc.property(text, fc.array(fc.option(text), { maxLength: 20 }), fc.nat(2 ** 31 - 1), (sql, values, maxRows) => {
      const whole = statementMessages({ text: sql, values, maxRows }, Buffer.from('before'), SYNC);
      expect(whole).toEqual(
        Buffer.concat([Buffer.from('before'), parse(sql), bind(values), DESCRIBE, execute(maxRows), SYNC]),
      );
    }),
  );
});

test('the messages are the ones the protocol asks for', () => {
  expect(parse('SELECT 1').toString('latin1')).toBe('P\0\0\0\x10\0SELECT 1\0\0\0');
  expect(bind(['a', null]).toString('latin1')).toBe('B\0\0\0\x15\0\0\0\0\0\x02\0\0\0\x01a\xff\xff\xff\xff\0\0');
  expect(execute(1_001)).toEqual(Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 3, 0xe9]));
  expect(SYNC).toEqual(Buffer.from([0x53, 0, 0, 0, 4]));
});
