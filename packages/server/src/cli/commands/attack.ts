import { z } from 'zod';
import { defineCommand } from '../command.ts';

const objectText = z
  .string()
  .default('{}')
  .transform((text, context) => {
    try {
      return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON object' });
      return z.NEVER;
    }
  });

/** `attack TARGET`: sends the guard's hostile statements to an MCP server and tells which got through. */
export const attackCommand = defineCommand({
  name: 'attack',
  argument: 'URL | PROGRAM [ARGUMENT ...]',
  words: { least: 1, most: 50 },
  summary:
    'Send hostile SQL to an MCP server of your own and report what it executed. Its database may be lost, or busy for minutes past every timeout.',
  needs: 'nothing',
  flags: {
    tool: { value: 'NAME', description: 'The tool that runs SQL. Default: found by its name and arguments.' },
    argument: { value: 'NAME', description: 'The argument that takes the SQL. Default: sql, query, statement ...' },
    with: { value: 'JSON', description: 'Other arguments of the tool, as a JSON object.', schema: objectText },
    scratch: {
      value: 'URL',
      description:
        'The throw-away database behind the server, as a role that may write: tables are made, side effects seen.',
    },
    class: { value: 'NAME', description: 'Only this attack class.' },
    timeout: {
      value: 'SECONDS',
      description: 'How long to wait for the answer to one statement; the database may go on working. Default 10.',
      schema: z.coerce.number().int().min(1).max(300).default(10),
    },
    format: {
      value: 'FORMAT',
      description: 'markdown or json. Default markdown.',
      schema: z.enum(['markdown', 'json']).default('markdown'),
    },
    'i-own-this-server': { description: 'Needed for an address that is not this machine.' },
  },
  async run({ words, flags, print, progress, signal }) {
    const { readTarget } = await import('../attack/target.ts');
    const target = readTarget(words, flags['i-own-this-server']);
    const [{ attackTarget }, { renderReport }] = await Promise.all([
      import('../attack/attack-target.ts'),
      import('../attack/render-report.ts'),
    ]);
    const report = await attackTarget(
      target,
      {
        ...(flags.tool === undefined ? {} : { tool: flags.tool }),
        ...(flags.argument === undefined ? {} : { argument: flags.argument }),
        ...(flags.class === undefined ? {} : { attackClass: flags.class }),
        ...(flags.scratch === undefined ? {} : { scratch: flags.scratch }),
        others: flags.with,
        timeoutMs: flags.timeout * 1_000,
      },
      { signal, progress },
    );
    print(flags.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report));
    return report.findings.length === 0 ? 0 : 1;
  },
});
