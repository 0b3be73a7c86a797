import { describe, expect, it } from 'vitest';
import { isCurable, isPassing, readDatabaseError } from '../src/database-error.ts';
import { withoutPrefix } from '../src/index.ts';
import { databaseError } from './scripted-ports.ts';

describe('readDatabaseError', () => {
  it('reads SQLSTATE, message, position, hint and detail', () => {
    const error = databaseError('42703', 'no', { position: '8', hint: 'h', detail: 'd' });
    expect(readDatabaseError(error)).toEqual({ sqlState: '42703', message: 'no', position: 8, hint: 'h', detail: 'd' });
  });

  it.each([undefined, null, 'text', {}, new Error('plain'), { code: 'ECONNREFUSED' }, { code: 42 }])(
    'sees no database error in %j',
    (thrown) => expect(readDatabaseError(thrown)).toBeUndefined(),
  );

  it('leaves out a position that is none', () => {
    expect(readDatabaseError(databaseError('42703', 'no', { position: 'x' }))).not.toHaveProperty('position');
  });
});

describe('withoutPrefix', () => {
  it('counts the position from the start of the statement and leaves the error as it was', () => {
    const error = databaseError('42703', 'no', { position: '16' });
    const shifted = withoutPrefix(error, 'EXPLAIN ') as Error;
    expect(shifted).toBeInstanceOf(Error);
    expect(readDatabaseError(shifted)).toMatchObject({ message: 'no', sqlState: '42703', position: 8 });
    expect(readDatabaseError(error)?.position).toBe(16);
  });

  it('passes on what has no position', () => {
    const error = new Error('lost');
    expect(withoutPrefix(error, 'EXPLAIN ')).toBe(error);
  });
});

describe('an error', () => {
  it.each(['42703', '42601', '22012', '21000', '0A000', '25006', 'P0001'])(
    '%s can be cured by other SQL',
    (sqlState) => {
      expect(isCurable(sqlState)).toBe(true);
    },
  );

  it.each(['57014', '08006', '53300', '57P01', '40001', 'XX000', '55P03'])('%s cannot', (sqlState) => {
    expect(isCurable(sqlState)).toBe(false);
  });

  it('passes by itself when a resource was missing, but a timeout does not', () => {
    expect(['08006', '53300', '57P01', '40001', '57014', '42703'].filter(isPassing)).toEqual([
      '08006',
      '53300',
      '57P01',
      '40001',
    ]);
  });
});
