import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }>>;
}

const commandsOf = (step: Step): readonly string[] =>
  [step.run, step.with?.['version'], step.with?.['publish']].filter((text) => text !== undefined);

/** Commands that pnpm itself has. */
const PNPM_COMMANDS = new Set(['install', 'exec']);

/** The results of the benchmarks, which a step before has written. */
const WRITTEN_BY_A_STEP = 'benchmarks/results';

describe.each(readdirSync(folder))('the workflow %s', (file) => {
  const workflow = parse(readFileSync(folder + file, 'utf8')) as Workflow;
  const jobs = Object.values(workflow.jobs);

  it('has the least permissions, and an end', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
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
