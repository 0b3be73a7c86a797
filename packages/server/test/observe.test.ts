import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Secret } from '../src/config/secret.ts';
import { createLogger, redact, rememberSecret } from '../src/observe/index.ts';

describe('redact', () => {
  it.each([
    ['connect to postgres://app:hunter2@db.example/shop failed', 'connect to postgresql://[redacted] failed'],
    ['"postgresql://app:hun@ter2@db/shop?x=1"', '"postgresql://[redacted]"'],
    ['https://me:hunter2@models.example/v1 answered 500', 'https://[redacted]@models.example/v1 answered 500'],
    ['redis://:hunter2@cache:6379', 'redis://[redacted]@cache:6379'],
    ['host=db user=app password=hunter2 dbname=shop', 'host=db user=app password=[redacted] dbname=shop'],
    [`password='hunter2 with ''space' dbname=x`, 'password=[redacted] dbname=x'],
    ['{"password":"hunter2\\"x","user":"app"}', '{"password":[redacted],"user":"app"}'],
    ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=[redacted] psql'],
    [`ALTER ROLE app PASSWORD 'hunter2'`, `ALTER ROLE app PASSWORD '[redacted]'`],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: [redacted] [redacted]'],
    ['header Bearer hunter2hunter2', 'header Bearer [redacted]'],
    ['Incorrect API key provided: sk-proj-abcdef123456', 'Incorrect API key provided: [redacted]'],
    ['api-key: 0123456789abcdef', 'api-key: [redacted]'],
    ['token eyJhbGciOiJI.eyJzdWIiOiIx.c2ln', 'token [redacted]'],
  ])('takes the secret out of %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each([
    'password authentication failed for user "app"',
    'relation "sk-8" does not exist',
    'column "password" of relation "users" does not exist',
    'at line 3: unexpected token near "FROM"',
    'see https://www.postgresql.org/docs/18/errcodes-appendix.html',
    'bearer of news',
  ])('leaves %s alone', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('stays fast on hostile text', () => {
    for (const unit of ['password', 'password=', "'", 'a://', 'a@', '\\"', 'eyJ', 'eyJ-']) {
      expect(redact(unit.repeat(100_000)).length).toBeGreaterThan(0);
    }
  });
});

function capture(level: 'debug' | 'info' = 'info') {
  const lines: string[] = [];
  const logger = createLogger({ level, destination: { write: (line) => void lines.push(line) } });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('the logger', () => {
  it('writes one JSON line with time, level and message', () => {
    const { logger, lines, last } = capture();
    logger.info({ tool: 'query', durationMs: 1.5, totalTokens: 12 }, 'tool call');
    logger.debug('not at this level');
    expect(lines).toHaveLength(1);
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      tool: 'query',
      durationMs: 1.5,
      totalTokens: 12,
      msg: 'tool call',
    });
  });

  it('never writes a secret, wherever it is planted', () => {
    const { logger, lines } = capture('debug');
    const planted = 'hunter2';
    const url = `postgres://app:${planted}@db/shop`;
    const error = Object.assign(new Error(`connect ${url}`, { cause: new Error(`password=${planted}`) }), {
      client: { connectionParameters: { password: planted } },
      detail: `Key (pin)=(${planted}) already exists`,
      code: '28P01',
    });
    const circular: Record<string, unknown> = { password: planted };
    circular['self'] = circular;
    logger.info({ password: planted, nested: { deeply: [{ apiKey: planted, url }] } }, `opened ${url}`);
    logger.error({ err: error }, 'failed');
    logger.error({ err: error });
    logger.error(error);
    logger.error(error, `with ${url}`);
    logger.warn(`password: ${planted}`);
    logger.info({ secret: new Secret(planted), wrapped: new Secret(planted), map: new Map([['token', planted]]) });
    logger.info({ headers: { authorization: `Basic ${planted}`, cookie: planted }, circular }, 'request');
    logger.info({ aggregate: new AggregateError([error], url), set: new Set([url]), bytes: Buffer.from(planted) });
    expect(lines).toHaveLength(9);
    expect(lines.join('')).not.toContain(planted);
    expect(lines.join('')).toContain('28P01');
  });

  it('keeps stacks out of info and lets debug have them', () => {
    const quiet = capture();
    quiet.logger.error({ err: new Error('boom') }, 'failed');
    expect(quiet.last()['err']).toEqual({ type: 'Error', message: 'boom' });
    const loud = capture('debug');
    loud.logger.error({ err: new Error('boom') }, 'failed');
    expect(loud.last()['err']).toMatchObject({ stack: expect.stringContaining('observe.test.ts') });
  });

  it('cuts cycles, depth and length instead of failing', () => {
    const { logger, last } = capture();
    const deep: Record<string, unknown> = {};
    let inner = deep;
    for (let depth = 0; depth < 50; depth += 1) inner = inner['x'] = {} as Record<string, unknown>;
    logger.info(
      { deep, big: 2n ** 70n, long: 'x'.repeat(100_000), ['__proto__']: 1, nothing: undefined, none: null },
      'odd',
    );
    expect(JSON.stringify(last()).length).toBeLessThan(6_000);
    expect(last()).toMatchObject({ big: '1180591620717411303424', none: null });
  });
});

it('a secret where a long text is cut leaves no half of itself', () => {
  rememberSecret('correct horse battery staple');
  const { logger, last } = capture();
  for (let before = 3_975; before < 4_000; before += 1) {
    logger.info({ text: `${'x'.repeat(before)}correct horse battery staple${'y'.repeat(30_000)}` }, 'long');
    expect(last()['text']).toMatch(/^x+\[?[redact]*\]?\.\.\. \(cut\)$|^x+\[redacted\]y*\.\.\. \(cut\)$/);
  }
});

describe('the default destination', () => {
  it('is standard error, written before the process goes on, and never standard output', () => {
    const logger = new URL('../src/observe/logger.ts', import.meta.url).href;
    const program = `
      import { createLogger } from ${JSON.stringify(logger)};
      createLogger().warn({ password: 'hunter2' }, 'last words');
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
    expect(child.stdout).toBe('');
    expect(JSON.parse(child.stderr)).toMatchObject({ level: 'warn', password: '[redacted]', msg: 'last words' });
  });
});
