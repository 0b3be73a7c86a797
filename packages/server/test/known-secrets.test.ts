import { expect, it } from 'vitest';
import { loadConfiguration } from '../src/config/index.ts';
import { redact } from '../src/observe/index.ts';
import { rememberSecrets } from '../src/remember-secrets.ts';

it('secrets of the configuration are taken out of any text, whatever they look like', () => {
  rememberSecrets(
    loadConfiguration({
      environment: {
        PG_MCP_DATABASES: JSON.stringify([
          { name: 'a', url: 'postgresql://reader:p%40ssw%C3%B6rd@db.example.com/shop' },
          { name: 'b', host: 'db', dbname: 'shop', user: 'reader', password: 'correct horse battery' },
        ]),
        PG_MCP_OPENAI_MODEL: 'm',
        PG_MCP_OPENAI_API_KEY: '0123456789abcdef0123456789abcdef',
        PG_MCP_AUDIT_FILE: '/tmp/audit.jsonl',
        PG_MCP_AUDIT_KEY: 'the seal of the audit',
        PG_MCP_RATE_LIMIT_BACKEND: 'redis',
        PG_MCP_RATE_LIMIT_REDIS_URL: 'redis://:hundred%25percent@limits.example.com',
      },
    }),
  );
  const text =
    'bad key 0123456789abcdef0123456789abcdef; p@sswörd; p%40ssw%C3%B6rd; correct horse battery; correct%20horse%20battery; the seal of the audit; hundred%percent';
  expect(redact(text)).toBe(
    'bad key [redacted]; [redacted]; [redacted]; [redacted]; [redacted]; [redacted]; [redacted]',
  );
});
