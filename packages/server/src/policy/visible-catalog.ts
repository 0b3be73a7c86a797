import type { DatabaseCatalog, Table } from '@pgmcp/schema-introspect';
import type { Caller } from '../call.ts';
import type { ConnectedDatabase } from '../databases.ts';
import { mentions } from './copies-hidden.ts';
import { statisticsHiding, withoutHeldValues } from './hidden-statistics.ts';
import type { Hiding } from './hiding.ts';
import type { Policies } from './policies.ts';

/**
 * The structure of a database as a caller may see it: tables that the policy hides are not there, nor are keys that lead to them;
 * columns that may not be selected are marked as unreadable, and what they can hold is left out.
 */
export async function visibleCatalog(
  { policies }: { readonly policies: Pick<Policies, 'of'> },
  database: ConnectedDatabase,
  caller: Caller,
): Promise<DatabaseCatalog> {
  const { hiding } = policies.of(database, caller);
  return seenUnder(hiding, await database.catalog());
}

const readable = new WeakMap<DatabaseCatalog, DatabaseCatalog>();

/**
 * As {@link visibleCatalog}, without the columns that may not be selected, by policy or by privilege: for those that write statements,
 * who would use what they see. The same catalog and policy give the same object, so that whatever is indexed by it is indexed once.
 */
export function readableCatalog(catalog: DatabaseCatalog, hiding: Hiding): DatabaseCatalog {
  const seen = seenUnder(hiding, catalog);
  const known = readable.get(seen) ?? withoutUnreadable(seen);
  readable.set(seen, known);
  return known;
}

const views = new WeakMap<DatabaseCatalog, WeakMap<Hiding, DatabaseCatalog>>();

/** As {@link visibleCatalog}, of a catalog that was read already; the same for every caller. */
export function seenUnder(hiding: Hiding, catalog: DatabaseCatalog): DatabaseCatalog {
  if (!hiding.any) return catalog;
  const known = views.get(catalog) ?? new WeakMap<Hiding, DatabaseCatalog>();
  views.set(catalog, known);
  const seen = known.get(hiding) ?? withoutHidden(catalog, hiding);
  known.set(hiding, seen);
  return seen;
}

function withoutHidden(catalog: DatabaseCatalog, hiding: Hiding): DatabaseCatalog {
  const hidesStatistics = statisticsHiding(catalog, hiding);
  const tables = catalog.tables
    .filter(({ schema, name }) => !hiding.hides(schema, name))
    .map((table) => withoutHiddenParts(table, hiding, hidesStatistics));
  return { ...catalog, tables };
}

function withoutHiddenParts(table: Table, hiding: Hiding, hidesStatistics: ReturnType<typeof statisticsHiding>): Table {
  const columns = table.columns.map((column) => {
    if (!hiding.hides(table.schema, table.name, column.name)) {
      const { statistics: _values, ...structure } = column;
      return hidesStatistics(table, column) ? structure : column;
    }
    const structure = withoutHeldValues(column);
    // A masked column may be selected; what it holds is still not for this caller.
    const isMasked = hiding.maskOf(table.schema, table.name, column.name) !== undefined;
    return isMasked ? structure : { ...structure, selectable: false as const };
  });
  const foreignKeys = table.foreignKeys.filter(({ references }) => !hiding.hides(references.schema, references.table));
  const hidden = table.columns.filter(({ name }) => hiding.hides(table.schema, table.name, name));
  const namesHidden = (text: string): boolean => hidden.some(({ name }) => mentions(text, name));
  // A constraint says what a column can hold, the predicate of an index what it does hold.
  const checks = table.checks.filter(({ expression }) => !namesHidden(expression));
  const exclusions = table.exclusions.filter(({ definition }) => !namesHidden(definition));
  const indexes = table.indexes.filter(({ definition }) => !namesHidden(definition));
  const triggers = table.triggers.filter(({ definition }) => !namesHidden(definition));
  const policies = table.policies.filter(({ using = '', check = '' }) => !namesHidden(`${using} ${check}`));
  // The text of a view names what it reads.
  const { definition: _definition, ...facts } = table;
  return { ...facts, columns, foreignKeys, checks, exclusions, indexes, triggers, policies };
}

function withoutUnreadable(catalog: DatabaseCatalog): DatabaseCatalog {
  const isWhole = ({ columns }: Table): boolean => columns.every(({ selectable }) => selectable !== false);
  if (catalog.tables.every(isWhole)) return catalog;
  const tables = catalog.tables.map((table) =>
    isWhole(table) ? table : { ...table, columns: table.columns.filter(({ selectable }) => selectable !== false) },
  );
  return { ...catalog, tables };
}
