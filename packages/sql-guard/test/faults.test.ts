import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { compilePolicy } from '../src/compiled-policy.ts';
import type { GuardEvent } from '../src/events.ts';
import type { Job } from '../src/job.ts';
import type { Parser } from '../src/parser.ts';
import { compileParser } from '../src/parser-code.ts';
import { createParser } from '../src/parser-instance.ts';
import { createSameThreadEngine } from '../src/same-thread-engine.ts';
import { passesSelfTest } from '../src/self-test.ts';
import { createWorkerEngine } from '../src/worker-engine.ts';

const policy = compilePolicy({ limits: { killTimeoutMs: 400 } });
const job = (sql: string): Extract<Job, { kind: 'check' }> => ({
  kind: 'check',
  sql,
  byteLength: sql.length,
  context: {},
});
const folder = mkdtempSync(join(tmpdir(), 'guard-'));
afterAll(() => rmSync(folder, { recursive: true }));

// The first message of every thread brings the parser.
const onText =
  "const onText = (answer) => port.on('message', (message) => message.type === 'code' || answer(message));";

/** A worker that misbehaves, as a file of its own. */
function workerThat(name: string, body: string): URL {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(
    file,
    `import { workerData } from 'node:worker_threads';\nconst { port } = workerData;\n${onText}\n${body}\n`,
  );
  return pathToFileURL(file);
}

async function runWith(entry: URL, text = 'SELECT 1') {
  const events: GuardEvent[] = [];
  const engine = createWorkerEngine(policy, {}, { workers: 1, entry, onEvent: (event) => events.push(event) });
  const outcome = await engine.run(job(text));
  await engine.close();
  return { outcome, events };
}

describe('a worker that misbehaves', () => {
  const ready = "port.postMessage({ type: 'ready' });";
  it('by spinning is ended and its text refused', async () => {
    const { outcome, events } = await runWith(workerThat('spin', `${ready} onText(() => { for (;;); });`));
    expect(outcome).toMatchObject({ allowed: false, retryable: true, violations: [{ code: 'parser' }] });
    expect(events).toContainEqual({ type: 'worker-discarded', reason: 'timeout' });
  });

  it('on one text only serves the next', async () => {
    const entry = workerThat(
      'spin-once',
      `${ready} onText((message) => {
        if (message === 'SELECT spin') for (;;);
        port.postMessage({ type: 'outcome', outcome: { allowed: true } });
      });`,
    );
    const engine = createWorkerEngine(policy, {}, { workers: 1, entry });
    expect(await engine.run(job('SELECT 1'))).toMatchObject({ allowed: true });
    expect(await engine.run(job('SELECT spin'))).toMatchObject({
      allowed: false,
      violations: [{ code: 'parser', option: 'limits.killTimeoutMs' }],
    });
    expect(await engine.run(job('SELECT 1'))).toMatchObject({ allowed: true });
    await engine.close();
  });

  it('is the only one until it is about to be ended', async () => {
    const entry = workerThat(
      'spin-late',
      `${ready} onText((message) => {
        if (message === 'SELECT spin') for (;;);
        port.postMessage({ type: 'outcome', outcome: { allowed: true } });
      });`,
    );
    const events: GuardEvent[] = [];
    const engine = createWorkerEngine(policy, {}, { workers: 1, entry, onEvent: (event) => events.push(event) });
    for (let text = 0; text < 5; text += 1) await engine.run(job('SELECT 1'));
    expect(events.map(({ type }) => type)).toEqual(['worker-started']);
    await engine.run(job('SELECT spin'));
    expect(await engine.run(job('SELECT 1'))).toMatchObject({ allowed: true });
    expect(events.map(({ type }) => type).sort()).toEqual(['worker-discarded', 'worker-started', 'worker-started']);
    await engine.close();
  });

  it('by dying is replaced and its text refused', async () => {
    const { outcome, events } = await runWith(workerThat('die', `${ready} onText(() => process.exit(1));`));
    expect(outcome).toMatchObject({ allowed: false, violations: [{ code: 'parser' }] });
    expect(events).toContainEqual({ type: 'worker-discarded', reason: 'exit' });
  });

  it('by throwing is replaced and its text refused', async () => {
    const { outcome } = await runWith(workerThat('throw', `${ready} onText(() => { throw new Error('broken'); });`));
    expect(outcome).toMatchObject({ allowed: false, violations: [{ code: 'parser' }] });
  });

  it('by eating its heap is ended, and the process lives', async () => {
    const { outcome } = await runWith(
      workerThat('heap', `${ready} onText(() => { const all = []; for (;;) all.push(new Array(1e5).fill(1)); });`),
    );
    expect(outcome).toMatchObject({ allowed: false, violations: [{ code: 'parser' }] });
  });

  it('by reporting a fault of the parser is replaced', async () => {
    const { outcome, events } = await runWith(
      workerThat('fault', `${ready} onText(() => port.postMessage({ type: 'fault', reason: 'parser-fault' }));`),
    );
    expect(outcome).toMatchObject({ allowed: false, violations: [{ code: 'parser' }] });
    expect(events).toContainEqual({ type: 'worker-discarded', reason: 'parser-fault' });
  });

  it('by answering with no verdict is replaced and its text refused', async () => {
    const { outcome, events } = await runWith(
      workerThat('garbage', `${ready} onText(() => port.postMessage('{"allowed": tru'));`),
    );
    expect(outcome).toMatchObject({ allowed: false, violations: [{ code: 'parser' }] });
    expect(events).toContainEqual({ type: 'worker-discarded', reason: 'parser-fault' });
  });

  it('by failing its self-test at every start leads to a refusal, not to an endless wait', async () => {
    const { outcome, events } = await runWith(
      workerThat('self', "port.postMessage({ type: 'fault', reason: 'self-test' });"),
    );
    expect(outcome).toMatchObject({ allowed: false, retryable: true, violations: [{ code: 'parser' }] });
    expect(events.filter((event) => event.type === 'worker-discarded').length).toBeGreaterThanOrEqual(3);
  });
});

describe('threads that cannot be started', () => {
  it('are tried three times for a text, and not again before the next', async () => {
    const events: GuardEvent[] = [];
    const entry = workerThat('never-ready', 'process.exit(1);');
    const engine = createWorkerEngine(policy, {}, { workers: 2, entry, onEvent: (event) => events.push(event) });
    for (const tried of [3, 6]) {
      expect(await engine.run(job('SELECT 1'))).toMatchObject({
        allowed: false,
        retryable: true,
        violations: [{ code: 'parser', message: expect.stringContaining('cannot be started') }],
      });
      // A process that goes on starting threads would have started many by now.
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(events.filter(({ type }) => type === 'worker-discarded')).toHaveLength(tried);
    }
    await engine.close();
  });

  it('because the process may not lead to a refusal that says so', async () => {
    const entry = new URL('https://example.com/worker.js');
    const engine = createWorkerEngine(policy, {}, { workers: 1, entry });
    engine.warmUp();
    expect(await engine.run(job('SELECT 1'))).toMatchObject({
      allowed: false,
      retryable: true,
      violations: [{ hint: expect.stringContaining('--allow-worker') }],
    });
    await engine.close();
  });
});

describe('an owner whose onEvent throws', () => {
  const failing = (): never => {
    throw new Error('owner is broken');
  };

  it('gets its verdicts, and a warning', async () => {
    const warnings: string[] = [];
    const listen = (warning: Error) => warnings.push(`${warning.name}: ${warning.message}`);
    process.on('warning', listen);
    const entry = workerThat('die-once', "port.postMessage({ type: 'ready' }); onText(() => process.exit(1));");
    const dying = createWorkerEngine(policy, {}, { workers: 1, entry, onEvent: failing });
    expect(await dying.run(job('SELECT 1'))).toMatchObject({ allowed: false, violations: [{ code: 'parser' }] });
    await dying.close();
    const sameThread = createSameThreadEngine(policy, failing);
    expect(await sameThread.run(job('SELECT 1'))).toMatchObject({ allowed: true });
    await sameThread.close();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    for (const type of ['worker-started', 'worker-discarded'])
      expect(warnings).toContain(
        `SqlGuardWarning: onEvent of the SQL guard threw at "${type}": Error: owner is broken`,
      );
  });
});

describe('the self-test', () => {
  it('passes on a sound parser and fails on one that answers something else', async () => {
    const parser = await createParser(await compileParser());
    expect(passesSelfTest(parser)).toBe(true);
    expect(passesSelfTest({ ...parser, parse: () => ({ message: 'syntax error', codePointOffset: 0 }) })).toBe(false);
    expect(passesSelfTest({ ...parser, parse: (sql) => parser.parse(sql.replace('RECURSIVE', '')) })).toBe(false);
    for (const [from, to] of [
      ['n % 2 = 0', 'n % 2 = 1'],
      ['2.5e10', '2.5e11'],
      ['RETURNING *', 'RETURNING id'],
    ] as const) {
      expect(passesSelfTest({ ...parser, parse: (sql) => parser.parse(sql.replace(from, to)) })).toBe(false);
    }
  });
});

describe('the same-thread engine', () => {
  it('refuses and loads a new instance after any exception that is not a syntax error', async () => {
    const events: GuardEvent[] = [];
    let loads = 0;
    const load = async (): Promise<Parser> => {
      loads += 1;
      const parser = await createParser(await compileParser());
      return {
        ...parser,
        parse: (sql) =>
          sql.includes('bomb')
            ? ((): never => {
                throw new RangeError('Maximum call stack size exceeded');
              })()
            : parser.parse(sql),
      };
    };
    const engine = createSameThreadEngine(policy, (event) => events.push(event), load);
    expect(await engine.run(job('SELECT 1'))).toMatchObject({ allowed: true });
    expect(await engine.run(job('SELECT bomb'))).toMatchObject({ allowed: false, violations: [{ code: 'parser' }] });
    expect(await engine.run(job('SELECT 1'))).toMatchObject({ allowed: true });
    expect(loads).toBe(2);
    expect(events).toContainEqual({ type: 'worker-discarded', reason: 'parser-fault' });
    await engine.close();
    await expect(engine.run(job('SELECT 1'))).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('tests itself again and again, and refuses when the answers went wrong', async () => {
    let wrong = false;
    const engine = createSameThreadEngine(policy, undefined, async () => {
      const parser = await createParser(await compileParser());
      return { ...parser, parse: (sql) => parser.parse(wrong ? sql.replace('2.5e10', '2.6e10') : sql) };
    });
    await engine.run(job('SELECT 1'));
    wrong = true;
    let outcome: object = {};
    for (let count = 0; count < 10_001 && !isParserRefusal(outcome); count += 1)
      outcome = await engine.run(job('DELETE FROM t'));
    expect(isParserRefusal(outcome)).toBe(true);
    await engine.close();
  });

  it('says that the parser cannot be loaded, and loads it when it can', async () => {
    let broken = true;
    const engine = createSameThreadEngine(policy, undefined, async () => {
      if (broken) throw new Error('no such file');
      return createParser(await compileParser());
    });
    await expect(engine.run(job('SELECT 1'))).rejects.toMatchObject({
      name: 'GuardError',
      code: 'PARSER_UNAVAILABLE',
      message: expect.stringContaining('no such file'),
    });
    broken = false;
    expect(await engine.run(job('SELECT 1'))).toMatchObject({ allowed: true });
  });

  it('says that the parser cannot be used when it fails at the start', async () => {
    const engine = createSameThreadEngine(policy, undefined, async () => {
      const parser = await createParser(await compileParser());
      return { ...parser, parse: (sql) => parser.parse(sql.replace('n < 100', 'n <= 100')) };
    });
    await expect(engine.run(job('SELECT 1'))).rejects.toMatchObject({ code: 'PARSER_UNAVAILABLE', retryable: true });
  });
});

function isParserRefusal(outcome: object): boolean {
  return 'violations' in outcome && (outcome as { violations: { code: string }[] }).violations[0]?.code === 'parser';
}
