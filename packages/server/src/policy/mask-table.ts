import { createHmac } from 'node:crypto';
import type { TextTable } from '@pgmcp/pool';
import type { DatabaseCatalog } from '@pgmcp/schema-introspect';
import type { ColumnUse } from '@pgmcp/sql-guard';
import { PgmcpError } from '../errors.ts';
import type { Hiding, MaskRule } from './hiding.ts';

/** What is shown for a masked value, NULL included: whether there is a value is a fact as well. */
const MASK = '***';

const TEXT_TYPE_OID = 25;

/** Hexadecimal digits of a hash that are shown: 80 bits, so that equal hashes mean equal values. */
const HASH_DIGITS = 20;

/** A result whose protected columns show no value of theirs. */
export interface MaskedTable {
  readonly table: TextTable;
  readonly notices: readonly string[];
}

/** What the guard and the catalog say about the statement whose result is masked. */
export interface MaskContext {
  /** Of the guard's verdict: which column of the result shows which protected column. */
  readonly columns: readonly ColumnUse[] | undefined;
  /** The structure, to compare with what the server says about each column of the result. */
  readonly catalog: DatabaseCatalog | undefined;
  readonly hiding: Hiding;
  readonly hashKey: Buffer;
}

/**
 * Replaces the values of the columns that the guard has found to be protected ones.
 *
 * @throws PgmcpError `UNSAFE_SQL` when verdict and result do not fit each other: nothing is shown then
 */
export function maskTable(table: TextTable, { columns = [], catalog, hiding, hashKey }: MaskContext): MaskedTable {
  const rules = rulesOf(table, columns, hiding);
  refuseForgotten(table, rules, hiding, catalog);
  if (rules.size === 0) return { table, notices: [] };
  const rows = table.rows.map((row) =>
    row.map((value, index) => {
      const rule = rules.get(index);
      if (rule === undefined) return value;
      return rule === 'hash' && value !== null ? hashOf(value, hashKey) : rule === 'hash' ? null : MASK;
    }),
  );
  const fields = table.fields.map((field, index) =>
    rules.has(index) ? { ...field, typeOid: TEXT_TYPE_OID, typeModifier: -1 } : field,
  );
  const places = [...rules].map(([index, rule]) => `column ${index + 1} (${rule === 'hash' ? 'hashed' : 'masked'})`);
  return { table: { ...table, fields, rows }, notices: [`By policy values are not shown: ${places.join(', ')}.`] };
}

function rulesOf(table: TextTable, columns: readonly ColumnUse[], hiding: Hiding): ReadonlyMap<number, MaskRule> {
  const rules = new Map<number, MaskRule>();
  for (const { schema, table: name, column, outputIndex, mixed } of columns) {
    if (outputIndex === undefined || outputIndex >= table.fields.length) throw unsure();
    // A column of several sources, as in UNION, is shown as the strictest of them says; one that no list names is masked. So is one that
    // values of the caller are in: hashes beside it would answer guesses.
    const rule = mixed ? 'mask' : (hiding.maskOf(schema, name, column) ?? 'mask');
    if (rules.get(outputIndex) !== 'mask') rules.set(outputIndex, rule);
  }
  return rules;
}

/** The server says of each column of the result which column of which table it is: none of a protected one may be left as it is. */
function refuseForgotten(
  { fields }: TextTable,
  rules: ReadonlyMap<number, MaskRule>,
  hiding: Hiding,
  catalog: DatabaseCatalog | undefined,
): void {
  if (!hiding.hidesColumns) return;
  for (const [index, { tableOid, columnNumber }] of fields.entries()) {
    if (tableOid === 0 || rules.has(index)) continue;
    const table = catalog?.tables.find(({ oid }) => oid === tableOid);
    const column = table?.columns.find(({ position }) => position === columnNumber);
    if (table && column && hiding.hides(table.schema, table.name, column.name)) throw unsure();
  }
}

function unsure(): PgmcpError {
  return new PgmcpError(
    'UNSAFE_SQL',
    'The statement was refused: it is not sure which columns of the result show protected values. Name the columns, and read them from their tables.',
  );
}

/** Keyed, so that nobody can find a value by hashing guesses. */
function hashOf(value: string, key: Buffer): string {
  return `hash:${createHmac('sha256', key).update(value, 'utf8').digest('hex').slice(0, HASH_DIGITS)}`;
}
