import { type Judgement, refuse } from '../judgement.ts';
import { fieldsOf, listOf, locationOf, textOf } from '../tree.ts';
import { isReservedSchema } from './created-name.ts';
import { booleanOption } from './explain.ts';
import type { Inspector } from './inspector.ts';
import { checkEveryTable, checkSchema } from './listed-tables.ts';

/** Options that say how thorough and how loud a command is. REINDEX (TABLESPACE …) would move data to another disk. */
const maintenanceOptions: ReadonlySet<string> = new Set(
  `verbose analyze full freeze disable_page_skipping skip_locked index_cleanup process_main process_toast truncate parallel
   skip_database_stats only_database_stats buffer_usage_limit concurrently`.split(/\s+/),
);

function checkOptions(judgement: Judgement, node: string, command: string, options: unknown): void {
  for (const item of listOf(options)) {
    const option = fieldsOf(item, 'DefElem') ?? {};
    const name = textOf(option['defname']) ?? '';
    if (maintenanceOptions.has(name) && option['defnamespace'] === undefined) continue;
    refuse(judgement, {
      code: 'setting',
      node: `${node}.${node === 'VacuumStmt' ? 'options' : 'params'}`,
      name,
      message:
        name === 'tablespace'
          ? `${command} (TABLESPACE …) would choose where files are kept`
          : `${command} option ${name} is not on the list of options`,
      location: locationOf(option),
    });
  }
}

/** VACUUM FULL of everything locks out everyone, one table after the other. */
export const inspectVacuum: Inspector = ({ fields }, judgement) => {
  const command = fields['is_vacuumcmd'] === true ? 'VACUUM' : 'ANALYZE';
  checkOptions(judgement, 'VacuumStmt', command, fields['options']);
  if (listOf(fields['rels']).length > 0) return;
  checkEveryTable(judgement, 'VacuumStmt', command);
  const full = listOf(fields['options'])
    .map((item) => fieldsOf(item, 'DefElem') ?? {})
    .findLast((option) => option['defname'] === 'full');
  if (full === undefined || booleanOption(full) === false) return;
  refuse(judgement, {
    code: 'statement',
    node: 'VacuumStmt',
    message: 'VACUUM FULL without a table would lock every table of the database, one after the other',
    location: 0,
    hint: 'Name the tables.',
  });
};

/** CLUSTER of everything does, too. */
export const inspectCluster: Inspector = ({ fields }, judgement) => {
  checkOptions(judgement, 'ClusterStmt', 'CLUSTER', fields['params']);
  if (fields['relation'] !== undefined) return;
  refuse(judgement, {
    code: 'statement',
    node: 'ClusterStmt',
    message: 'CLUSTER without a table would lock every table that was clustered before, one after the other',
    location: 0,
    hint: 'Name the table.',
  });
};

/** REINDEX of what belongs to the server, and of a whole database, locks out everyone. */
export const inspectReindex: Inspector = ({ fields }, judgement) => {
  checkOptions(judgement, 'ReindexStmt', 'REINDEX', fields['params']);
  const kind = fields['kind'];
  const name = textOf(fields['name']) ?? '';
  if (kind === 'REINDEX_OBJECT_SYSTEM' || kind === 'REINDEX_OBJECT_DATABASE' || isReservedSchema(name)) {
    refuse(judgement, {
      code: 'statement',
      node: 'ReindexStmt',
      message: 'REINDEX of a whole database, or of what belongs to the server, would lock out everyone',
      location: 0,
      hint: 'Name one table, index or schema of the application.',
    });
  } else if (kind === 'REINDEX_OBJECT_SCHEMA')
    checkSchema(judgement, 'ReindexStmt', name, `${name} holds tables that the policy keeps from statements`);
};
