import type { Suite, SuiteResult } from '../suite.ts';
import type { MachineNote } from './machine.ts';

/** One suite with what it found. */
export interface Finding {
  readonly suite: Pick<Suite, 'name' | 'title' | 'goal'>;
  readonly result: SuiteResult;
  /** Average number of runnable processes in the minute before and at the end, what was measured included. */
  readonly load: { readonly before: number; readonly after: number };
}

/** Writes findings for people: a table for each suite, durations in the unit that fits them. */
export function renderMarkdown(date: string, machine: MachineNote, findings: readonly Finding[]): string {
  const note =
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}; ${machine.awake ? 'processors kept from halting by loops of the lowest priority, which count in the load' : 'idle processors halt'}. Durations are medians of calls made in turns ` +
    'with the floor (the first line); ratios are medians of the ratios of the rounds. A load above the number of cores at the beginning ' +
    'means that others were at work: p99 then tells of them, and contestants of several processes lose more than those of one.';
  const sections = findings.map(({ suite, result, load }) => {
    const rows = result.measurements.map(
      ({ name, medianMs, p99Ms, ratio, p99Ratio, calls }) =>
        `| ${name} | ${duration(medianMs)} | ${duration(p99Ms)} | ${ratio.toFixed(2)}x | ${p99Ratio.toFixed(2)}x | ${calls} |`,
    );
    const facts = Object.entries(result.facts ?? {}).map(([name, value]) => `- ${name}: ${value}`);
    return [
      `## ${suite.title}`,
      `Goal: ${suite.goal}. Load ${load.before} before, ${load.after} after.`,
      ['| | median | p99 | ratio | p99 ratio | calls |', '|---|--:|--:|--:|--:|--:|', ...rows].join('\n'),
      ...(facts.length > 0 ? [facts.join('\n')] : []),
    ].join('\n\n');
  });
  return `# Benchmarks of ${date}\n\n${note}\n\n${sections.join('\n\n')}\n`;
}

function duration(ms: number): string {
  if (ms < 1) return `${(ms * 1000).toFixed(0)} us`;
  return ms < 100 ? `${ms.toFixed(2)} ms` : `${ms.toFixed(0)} ms`;
}
