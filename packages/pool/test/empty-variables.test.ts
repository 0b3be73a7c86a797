import { describe, expect, test } from 'vitest';
import { resolveSettings } from '../src/resolve-settings.ts';
import type { DatabaseSettings } from '../src/settings.ts';

const resolve = (settings: Partial<DatabaseSettings>, environment = {}) =>
  resolveSettings({ name: 'shop', ...settings }, { PGUSER: 'reader', ...environment });

describe.each([
  ['PGSSLMODE', 'sslmode', 'sslMode', 'verify-full'],
  ['PGCHANNELBINDING', 'channel_binding', 'channelBinding', 'require'],
  ['PGTARGETSESSIONATTRS', 'target_session_attrs', 'targetSessionAttrs', 'primary'],
  ['PGLOADBALANCEHOSTS', 'load_balance_hosts', 'loadBalanceHosts', 'random'],
] as const)('%s set to nothing', (variable, parameter, setting, value) => {
  test('is refused, as by libpq, and not taken for the default', () => {
    for (const settings of [{}, { url: 'postgresql://h/d' }, { host: 'h' }])
      expect(() => resolve(settings, { [variable]: '' })).toThrow(
        `Database "shop": ${variable} is set to nothing; write a value or unset it.`,
      );
  });

  test('does not matter where the settings or the URL say it', () => {
    const url = `postgresql://h/d?${parameter}=${value}`;
    for (const settings of [{ url }, { host: 'h', [setting]: value }])
      expect(resolve(settings, { [variable]: '' })[setting]).toBe(value);
  });
});
