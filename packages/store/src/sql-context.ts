import type { Declaration } from './declaration.ts';
import type { Transactional } from './ports.ts';
import { Parameters, quoteIdentifier } from './sql-text.ts';

/** How far pgvector is there. */
export type VectorSupport = 'none' | 'basic' | 'iterative';

/** What the statements of one collection share. */
export interface SqlContext {
  readonly db: Transactional;
  readonly schema: string;
  readonly declaration: Declaration;
  /** The clock that tests move; absent: the database's. */
  readonly clock: (() => number) | undefined;
  /** Resolves when the tables are there, or says what is missing. */
  ready(): Promise<VectorSupport>;
}

/** The table, quoted. */
export function tableSql({ schema, declaration }: SqlContext): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(declaration.table)}`;
}

/** Now, as an expression of type timestamptz in milliseconds. */
export function nowSql({ clock }: SqlContext): string {
  return clock === undefined
    ? 'statement_timestamp()::timestamptz(3)'
    : `timestamptz '${new Date(clock()).toISOString()}'`;
}

/** The condition that a record of table `t` has not expired. */
export function aliveSql(context: SqlContext): string {
  return `(t.expires_at is null or t.expires_at > ${nowSql(context)})`;
}

/** Sends a statement with its parameters. */
export async function send<Row>(
  db: Pick<Transactional, 'query'>,
  text: string,
  parameters: Parameters = new Parameters(),
): Promise<readonly Row[]> {
  const { rows } = await db.query<Row>(text, parameters.values);
  return rows;
}
