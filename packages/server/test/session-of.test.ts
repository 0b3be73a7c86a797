import { describe, expect, it } from 'vitest';
import { type Caller, callerKey, LOCAL_CALLER } from '../src/call.ts';
import { sessionOf } from '../src/session-of.ts';

const alice: Caller = {
  id: 'oauth:alice',
  tenant: 'acme',
  scopes: new Set(['db:read'] as const),
  identity: { role: 'acme_reader', claims: { region: 'eu', tenant: 'globex', subject: 'bob' } },
};

describe('what the transaction of a caller runs as', () => {
  it('leaves a database alone whose login is the boundary', () => {
    expect(sessionOf(alice, 'shop', { mode: 'login', roles: [] })).toBeUndefined();
  });

  it('takes the role of the caller only when the database lists it', () => {
    expect(sessionOf(alice, 'shop', { mode: 'role', roles: ['acme_reader', 'globex_reader'] })).toEqual({
      role: 'acme_reader',
    });
    expect(() => sessionOf(alice, 'shop', { mode: 'role', roles: ['globex_reader', 'other'] })).toThrow(
      /role of the caller is not one of its roles/,
    );
    const { identity: _, ...nobody } = alice;
    expect(() => sessionOf(nobody, 'shop', { mode: 'role', roles: ['globex_reader', 'other'] })).toThrow(
      /no database role/,
    );
  });

  it('never lets further claims replace subject and tenant', () => {
    expect(sessionOf(alice, 'shop', { mode: 'signed-claims', roles: ['app_data'] })).toEqual({
      role: 'app_data',
      claims: { region: 'eu', subject: 'oauth:alice', tenant: 'acme' },
    });
    const settings = sessionOf(alice, 'shop', { mode: 'unsigned-settings', roles: [] })?.settings;
    expect(JSON.parse(settings?.['request.jwt.claims'] ?? '')).toMatchObject({ sub: 'oauth:alice', tenant: 'acme' });
  });

  it.each(['signed-claims', 'unsigned-settings'] as const)('refuses a caller without a tenant under %s', (mode) => {
    for (const caller of [LOCAL_CALLER, { ...alice, tenant: '' }]) {
      expect(() => sessionOf(caller, 'shop', { mode, roles: ['app_data'] })).toThrow(
        expect.objectContaining({ code: 'ACCESS_DENIED' }),
      );
    }
  });
});

describe('the key of what belongs to a caller', () => {
  it('is different for different callers, whatever their names hold', () => {
    const callers: Caller[] = [
      { id: 'b/c', tenant: 'a', scopes: 'all' },
      { id: 'c', tenant: 'a/b', scopes: 'all' },
      { id: 'c', tenant: 'a%2Fb', scopes: 'all' },
      { id: 'a/b/c', scopes: 'all' },
      { id: 'a/b%2Fc', scopes: 'all' },
    ];
    expect(new Set(callers.map(callerKey)).size).toBe(callers.length);
  });
});
