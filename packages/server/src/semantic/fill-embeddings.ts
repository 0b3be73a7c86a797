import type { Database } from '@pgmcp/pool';
import { quoteIdentifier } from '@pgmcp/schema-introspect';
import type { MeteredEmbedder } from '../embedder.ts';
import { COMPANION_COLUMNS, companionComment } from './companion.ts';
import type { EmbeddingPlan } from './embedding-plan.ts';

/** What a run has done. */
export interface FilledEmbeddings {
  readonly embedded: number;
  /** Texts that were longer than the model takes: their beginning was embedded. */
  readonly cut: number;
  /** Vectors whose texts have gone. */
  readonly removed: number;
}

/** What filling needs. */
export interface FillParts {
  /** The owner's connection, bound to read-write. */
  readonly database: Database;
  readonly embedder: MeteredEmbedder;
  readonly batchSize: number;
  readonly signal: AbortSignal;
  /** Tells how far it is: rows done of those there were at the start. */
  readonly onProgress: (done: number, total: number) => void;
}

interface PendingRow {
  readonly keys: readonly string[];
  readonly text: string;
  readonly hash: string;
  readonly at: string;
}

/**
 * Embeds what is missing or has changed, in batches of one transaction each. What is done stays done: a run that was ended goes
 * on where it was when it is started again.
 */
export async function fillEmbeddings(plan: EmbeddingPlan, parts: FillParts): Promise<FilledEmbeddings> {
  const { embedder, batchSize, onProgress } = parts;
  const database = parts.database.with({ signal: parts.signal });
  const removed = await count(database, removeGone(plan), []);
  const total = await count(database, pendingSql(plan, { counted: true }), [embedder.model]);
  let [embedded, cut] = [0, 0];
  let after: readonly string[] | undefined;
  onProgress(0, total);
  for (;;) {
    const rows = await readPending(database, plan, embedder.model, batchSize, after);
    const last = rows.at(-1);
    if (last === undefined) break;
    const texts = rows.map(({ text }) => text.slice(0, embedder.maxTextCharacters));
    cut += rows.filter(({ text }) => text.length > embedder.maxTextCharacters).length;
    const vectors = await embedder.embed(texts, { signal: parts.signal });
    await writeVectors(database, plan, rows, vectors, embedder.model);
    embedded += rows.length;
    after = last.keys;
    // Rows that came meanwhile are done too.
    onProgress(embedded, Math.max(total, embedded));
  }
  // Only now is every vector of this model.
  await database.query(
    `COMMENT ON TABLE ${plan.relation} IS '${companionComment(plan.companion).replaceAll("'", "''")}'`,
  );
  return { embedded, cut, removed };
}

const keyNames = ({ keys }: EmbeddingPlan): readonly string[] => keys.map(({ name }) => quoteIdentifier(name));

const sourceOf = ({ source }: EmbeddingPlan): string =>
  `${quoteIdentifier(source.schema)}.${quoteIdentifier(source.name)}`;

/** The text of a row, absent when there is nothing in it to embed. */
const meaningful = ({ text }: EmbeddingPlan): string =>
  `coalesce(t.${quoteIdentifier(text.name)}::text, '') ~ '[^[:space:]]'`;

/** The hash of a text with the model, so that another model finds everything changed. */
const hashSql = ({ text }: EmbeddingPlan): string => `md5($1::text || ':' || t.${quoteIdentifier(text.name)})`;

function changedSql(plan: EmbeddingPlan): string {
  if (!plan.replacesModel && plan.changedBy !== undefined)
    return `t.${quoteIdentifier(plan.changedBy.name)} > e.${COMPANION_COLUMNS.at}`;
  if (!plan.replacesModel && plan.triggers) return `e.${COMPANION_COLUMNS.stale}`;
  return `e.${COMPANION_COLUMNS.hash} <> ${hashSql(plan)}`;
}

function pendingSql(
  plan: EmbeddingPlan,
  { counted, after = '' }: { readonly counted: boolean; readonly after?: string },
) {
  const keys = keyNames(plan);
  const shown = counted
    ? 'count(*)::text AS count, $1::text AS model'
    : `array[${keys.map((key) => `t.${key}::text`).join(', ')}] AS keys, t.${quoteIdentifier(plan.text.name)}::text AS text, ${hashSql(plan)} AS hash, statement_timestamp()::text AS at`;
  return `SELECT ${shown} FROM ${sourceOf(plan)} AS t LEFT JOIN ${plan.relation} AS e USING (${keys.join(', ')})
    WHERE ${meaningful(plan)} AND (e.${COMPANION_COLUMNS.hash} IS NULL OR ${changedSql(plan)})${after}`;
}

async function readPending(
  database: Database,
  plan: EmbeddingPlan,
  model: string,
  limit: number,
  after: readonly string[] | undefined,
): Promise<readonly PendingRow[]> {
  const keys = keyNames(plan).map((key) => `t.${key}`);
  const bound = plan.keys.map(({ type }, index) => `$${index + 2}::${type}`);
  const beyond = after === undefined ? '' : ` AND (${keys.join(', ')}) > (${bound.join(', ')})`;
  const sql = `${pendingSql(plan, { counted: false, after: beyond })} ORDER BY ${keys.join(', ')} LIMIT ${limit}`;
  const { rows } = await database.query<PendingRow>(sql, [model, ...(after ?? [])]);
  return rows;
}

async function writeVectors(
  database: Database,
  plan: EmbeddingPlan,
  rows: readonly PendingRow[],
  vectors: readonly (readonly number[])[],
  model: string,
): Promise<void> {
  const values: unknown[] = [model];
  const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const tuples = rows.map(({ keys, hash, at }, index) => {
    const ofKey = plan.keys.map(({ type }, position) => bind(keys[position], type));
    const vector = bind(`[${(vectors[index] ?? []).join(',')}]`, 'text');
    return `(${[...ofKey, vector, bind(hash, 'text'), bind(at, 'timestamptz')].join(', ')})`;
  });
  const keys = keyNames(plan);
  const { vector, hash, at, stale } = COMPANION_COLUMNS;
  // A text that was changed or removed since it was read: the join leaves out what has gone and marks what is another text now, and
  // the lock lets no change in between, whose trigger would find nothing to mark.
  await database.query(
    `INSERT INTO ${plan.relation} (${[...keys, vector, hash, at, stale].join(', ')})
     SELECT ${keys.map((key) => `v.${key}`).join(', ')}, v.vector::${await vectorType(database, plan)}, v.hash, v.at, v.hash IS DISTINCT FROM ${hashSql(plan)}
     FROM (VALUES ${tuples.join(', ')}) AS v (${[...keys, 'vector', 'hash', 'at'].join(', ')})
     JOIN ${sourceOf(plan)} AS t USING (${keys.join(', ')})
     ${plan.triggers ? 'FOR SHARE OF t' : ''}
     ON CONFLICT (${keys.join(', ')}) DO UPDATE
     SET ${[vector, hash, at, stale].map((column) => `${column} = excluded.${column}`).join(', ')}`,
    values,
  );
}

const vectorTypes = new WeakMap<EmbeddingPlan, string>();

/** The type of the vector column with its schema, as the database prints it. */
async function vectorType(database: Database, plan: EmbeddingPlan): Promise<string> {
  const known = vectorTypes.get(plan);
  if (known !== undefined) return known;
  const { rows } = await database.query<{ type: string }>(
    `SELECT quote_ident(n.nspname) || '.' || quote_ident(t.typname) AS type
     FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
     JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
     WHERE a.attrelid = $1::pg_catalog.regclass AND a.attname = $2`,
    [plan.relation, COMPANION_COLUMNS.vector],
  );
  const type = rows[0]?.type ?? 'vector';
  vectorTypes.set(plan, type);
  return type;
}

function removeGone(plan: EmbeddingPlan): string {
  const same = keyNames(plan).map((key) => `e.${key} = t.${key}`);
  return `WITH gone AS (DELETE FROM ${plan.relation} AS e USING ${sourceOf(plan)} AS t
    WHERE ${same.join(' AND ')} AND NOT (${meaningful(plan)}) RETURNING 1) SELECT count(*)::text AS count FROM gone`;
}

async function count(database: Database, sql: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await database.query<{ count: string }>(sql, values);
  return Number(rows[0]?.count ?? 0);
}
