import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { defineCommand } from '../command.ts';

const MODES = ['offline', 'replay', 'live'] as const;

/** `eval FILE`: how well questions are answered here, by cases with right statements. */
export const evalCommand = defineCommand({
  name: 'eval',
  argument: 'CASES',
  words: { least: 1, most: 1 },
  summary: 'Measure answers by a file of cases (YAML, JSON, CSV, BIRD, defog) and print a report in Markdown.',
  needs: 'services',
  flags: {
    mode: {
      value: 'MODE',
      description: 'offline (default): no model. replay: recorded statements. live: the configured model.',
      schema: z.enum(MODES).default('offline'),
    },
    'case-format': {
      value: 'FORMAT',
      description: 'yaml, json, csv, bird or defog. Default: by the end of the name.',
      schema: z.enum(['yaml', 'json', 'csv', 'bird', 'defog']).optional(),
    },
    predictions: {
      value: 'FILES',
      description:
        'Recorded statements (JSON lines with id and sql), separated by commas. A replay answers the n-th call by the n-th file.',
    },
    'without-rules': { description: 'Replay: repair nothing by rule, for comparison.' },
    baseline: { value: 'FILE', description: 'A run written by --json before: adds the difference, with its interval.' },
    json: { value: 'FILE', description: 'Write the run there, case by case, as a baseline for later ones.' },
    plot: { value: 'FILE', description: 'Write a picture of the shares there (SVG).' },
    most: {
      value: 'N',
      description: 'Only the first N cases.',
      schema: z.coerce.number().int().min(1).optional(),
    },
  },
  exitCodes: { 3: 'significantly worse than the baseline' },
  async run({ services, call, words: [path = ''], flags, database, print, progress }) {
    const { runEvaluation } = await import('../../questions/evaluation/run-evaluation.ts');
    const { markdown, run, plot, isWorse } = await runEvaluation(
      {
        casesPath: path,
        format: flags['case-format'],
        mode: flags.mode,
        predictionPaths: flags.predictions?.split(',').map((name) => name.trim()) ?? [],
        repairs: !flags['without-rules'],
        baselinePath: flags.baseline,
        database,
        most: flags.most,
      },
      { services, call, progress },
    );
    print(markdown);
    if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(run, null, 1)}\n`);
    if (flags.plot !== undefined) writeFileSync(flags.plot, plot);
    return isWorse ? 3 : 0;
  },
});
