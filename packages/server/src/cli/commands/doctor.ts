import { z } from 'zod';
import { databaseText } from '../../database-text.ts';
import type { Examination } from '../../doctor/examine-database.ts';
import type { Step } from '../../doctor/step.ts';
import { PgmcpError } from '../../errors.ts';
import { nearestName } from '../../nearest.ts';
import { defineCommand } from '../command.ts';

const MARKS: Readonly<Record<Step['status'], string>> = {
  ok: 'ok     ',
  notice: 'notice ',
  warning: 'WARNING',
  failed: 'FAILED ',
  skipped: '-      ',
};

/** `doctor`: why a connection fails, what its role may do, and what it should. */
export const doctorCommand = defineCommand({
  name: 'doctor',
  argument: '',
  words: { least: 0, most: 0 },
  summary: 'Explain step by step whether the databases can be reached and what their roles may do.',
  needs: 'configuration',
  flags: {
    format: {
      value: 'FORMAT',
      description: 'table or json. Default table.',
      schema: z.enum(['table', 'json']).default('table'),
    },
    'schema-notifier': {
      description: 'Print only the event triggers by which a database announces changes of its schema.',
    },
    grants: { description: 'Print only the script that grants the role what the mode needs.' },
  },
  exitCodes: { 3: 'works, with warnings' },
  async run({ configuration, database, flags, print, progress, signal }) {
    if (flags['schema-notifier']) {
      const { ddlNotifierSql } = await import('@pgmcp/schema-introspect');
      print(ddlNotifierSql());
      return 0;
    }
    const { examineDatabase } = await import('../../doctor/examine-database.ts');
    const names = configuration.databases.map(({ name }) => name);
    if (database !== undefined && !names.includes(database)) {
      const meant = nearestName(database, names);
      throw new PgmcpError(
        'UNKNOWN_DATABASE',
        `There is no database ${JSON.stringify(database)}.${meant ? ` Did you mean "${meant}"?` : ''} Available: ${names.join(', ')}.`,
      );
    }
    const examinations: Examination[] = [];
    for (const written of configuration.databases) {
      if (database !== undefined && written.name !== database) continue;
      progress(`Looking at ${written.name} ...`);
      examinations.push(await examineDatabase(written, configuration, signal));
    }
    if (flags.grants) print(examinations.map(({ grants = '' }) => grants).join('\n'));
    else if (flags.format === 'json') print(`${JSON.stringify({ databases: examinations }, null, 2)}\n`);
    else print(examinations.map(asTable).join('\n'));
    const statuses = examinations.flatMap(({ steps }) => steps.map(({ status }) => status));
    return statuses.includes('failed') ? 1 : statuses.includes('warning') ? 3 : 0;
  },
});

function asTable({ database, steps, grants }: Examination): string {
  const width = Math.max(...steps.map(({ name }) => name.length));
  const lines = steps.flatMap(({ name, status, detail, cure }) => [
    `  ${MARKS[status]}  ${name.padEnd(width)}  ${databaseText(detail)}`,
    ...(cure === undefined ? [] : [`  ${' '.repeat(7)}  ${' '.repeat(width)}  -> ${databaseText(cure)}`]),
  ]);
  const script =
    grants === undefined
      ? []
      : [
          '',
          ...grants
            .trimEnd()
            .split('\n')
            .map((line) => `  ${line}`),
        ];
  return [`${database}`, ...lines, ...script, ''].join('\n');
}
