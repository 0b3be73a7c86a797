import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPassword, readPasswordFile } from '../src/password-file.ts';

const login = { host: 'db.example', port: 5432, database: 'shop', user: 'ann' };

describe('a password file', () => {
  test.each([
    ['db.example:5432:shop:ann:secret', 'secret'],
    ['*:*:*:*:any', 'any'],
    ['*:*:*:ann:first\n*:*:*:*:second', 'first'],
    ['other:*:*:*:no\ndb.example:*:*:*:yes', 'yes'],
    ['# db.example:5432:shop:ann:comment\n\n*:*:*:*:real', 'real'],
    ['*:*:*:*:a\\:b\\\\c', 'a:b\\c'],
    ['*:*:*:*:windows\r\n', 'windows'],
    ['*:5433:*:*:no', undefined],
    ['*:*:*', undefined],
    ['', undefined],
  ])('%j', (text, password) => {
    expect(findPassword(text, login)).toBe(password);
  });

  test('of libpq names localhost for unix sockets too', () => {
    expect(findPassword('localhost:*:*:*:local', { ...login, host: '/var/run/postgresql' })).toBe('local');
  });

  test('gives back every password that was escaped into it', () => {
    const escaped = (text: string) => text.replace(/[\\:]/g, '\\$&');
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[\r\n]/.test(text)),
        fc.string({ minLength: 1 }).filter((text) => !/[\r\n]/.test(text) && text !== '*'),
        (password, user) => {
          expect(findPassword(`*:*:*:${escaped(user)}:${escaped(password)}`, { ...login, user })).toBe(password);
        },
      ),
    );
  });

  test.skipIf(process.platform === 'win32')(
    'that others may read is refused with the cure, one that is missing is none',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'pgmcp-pgpass-'));
      const file = join(directory, 'pgpass');
      try {
        expect(await readPasswordFile(file, login)).toBeUndefined();
        writeFileSync(file, '*:*:*:*:secret');
        chmodSync(file, 0o644);
        await expect(readPasswordFile(file, login)).rejects.toThrow('chmod 600');
        chmodSync(file, 0o600);
        expect(await readPasswordFile(file, login)).toBe('secret');
        await expect(readPasswordFile(join(file, 'below'), login)).rejects.toThrow(`${file}/below cannot be read`);
        chmodSync(directory, 0o700);
        await expect(readPasswordFile(directory, login)).rejects.toThrow('cannot be read: EISDIR');
      } finally {
        rmSync(directory, { recursive: true });
      }
    },
  );
});
