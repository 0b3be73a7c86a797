import { createPools, type Database } from '@pgmcp/pool';
import { introspect } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { poolSettings } from '../../config/index.ts';
import type { MeteredEmbedder } from '../../embedder.ts';
import { PgmcpError } from '../../errors.ts';
import { recordPoolEvent } from '../../observe/record-event.ts';
import { planEmbeddings } from '../../semantic/embedding-plan.ts';
import { fillEmbeddings } from '../../semantic/fill-embeddings.ts';
import { defineCommand } from '../command.ts';

/** An index of a large table is built in one statement. */
const STATEMENT_TIMEOUT_MS = 6 * 60 * 60_000;
/** The whole catalog comes as one row, and so does a batch of long texts come in large ones. */
const MAX_ROW_BYTES = 256 * 1024 * 1024;
const BAR_LENGTH = 24;

/** `embed TABLE COLUMN`: makes and fills the embeddings of a text column. */
export const embedCommand = defineCommand({
  name: 'embed',
  argument: 'TABLE COLUMN',
  words: { least: 2, most: 2 },
  summary: 'Make, fill and keep up the embeddings of a text column, for semantic_search. Prints its SQL first.',
  needs: 'services',
  flags: {
    apply: { description: 'Run the SQL that is printed. Without it: embed only when nothing has to be made.' },
    index: {
      value: 'KIND',
      description: 'hnsw, ivfflat or none. Default: hnsw.',
      schema: z.enum(['hnsw', 'ivfflat', 'none']).default('hnsw'),
    },
    triggers: { description: 'Let triggers mark changed texts, so that a further run reads those alone.' },
    'changed-by': {
      value: 'COLUMN',
      description: 'A timestamp that is set with each change: a further run compares it alone.',
    },
    readers: { value: 'ROLES', description: 'Roles that may search, with commas. Default: the role of the database.' },
  },
  exitCodes: { 3: 'SQL was printed that --apply would run' },
  async run({ words, flags, services, database: name, logger, signal, print, progress }) {
    const [table = '', column = ''] = words;
    const { embedder, configuration } = services;
    const { owner, batchSize = 128 } = configuration.embeddings ?? {};
    if (embedder === undefined) throw missing('An embedding model is needed: set PG_MCP_EMBEDDINGS_MODEL.');
    if (owner === undefined) {
      throw missing(
        'A role that may make tables is needed: set PG_MCP_EMBEDDINGS_OWNER_URL (or _FILE) to the same database.',
      );
    }
    if (flags.triggers && flags['changed-by'] !== undefined)
      throw missing('Changes are told by triggers or by a column: give --triggers or --changed-by, not both.');
    const connected = services.databases.resolve(name);
    const pools = createPools([poolSettings(owner, STATEMENT_TIMEOUT_MS)], {
      onEvent: (event) => recordPoolEvent(logger, event),
    });
    try {
      const database = pools.database(owner.name).with({ access: 'read-write', signal, maxRowBytes: MAX_ROW_BYTES });
      await refuseOtherDatabase(database, connected.connections);
      const readers = flags.readers?.split(',').map((role) => role.trim()) ?? [connected.connections.settings.user];
      const request = {
        table,
        column,
        index: flags.index,
        triggers: flags.triggers,
        changedBy: flags['changed-by'],
        model: embedder.model,
        dimensions: await dimensionsOf(embedder, signal),
        readers: readers.filter((role) => role !== ''),
      };
      const catalog = await introspect(database);
      if (!catalog.extensions.some((extension) => extension.name === 'vector')) await refuseWithoutVector(database);
      const plan = planEmbeddings(catalog, request);
      const statements = [...plan.before, ...plan.after];
      for (const statement of statements) print(`${statement};\n`);
      if (statements.length > 0) {
        for (const advice of plan.advice) print(`-- For words, without blocking writes: ${advice};\n`);
        if (!flags.apply) {
          progress('Nothing was done. Run it again with --apply to run this SQL and embed.');
          return 3;
        }
      }
      if (plan.before.length > 0) {
        await database.transaction(async (transaction) => {
          for (const statement of plan.before) await transaction.query(statement);
        });
      }
      const done = await fillEmbeddings(plan, {
        database,
        embedder,
        batchSize,
        signal,
        onProgress: (count, total) => progress(bar(count, total)),
      });
      for (const statement of plan.after) {
        progress(`${statement} ...`);
        await database.query(statement);
      }
      if (done.embedded > 0) await database.query(`ANALYZE ${plan.relation}`);
      print(summary(done, embedder.maxTextCharacters));
      return 0;
    } finally {
      await pools.close();
    }
  },
});

const missing = (message: string): PgmcpError => new PgmcpError('VALIDATION_ERROR', message);

/** The owner must see the database that is searched: embeddings elsewhere would never be found. */
async function refuseOtherDatabase(owner: Database, searched: Database): Promise<void> {
  const identity =
    'SELECT d.oid::text AS oid, d.datname AS name FROM pg_catalog.pg_database AS d WHERE d.datname = current_database()';
  const [own, other] = await Promise.all(
    [owner, searched].map(async (each) => (await each.query<{ oid: string; name: string }>(identity)).rows[0]),
  );
  if (own?.oid === other?.oid && own?.name === other?.name) return;
  throw missing(
    `PG_MCP_EMBEDDINGS_OWNER_URL leads to the database "${own?.name}", and "${searched.name}" is "${other?.name}". Give the owner's URL of that one.`,
  );
}

async function refuseWithoutVector(owner: Database): Promise<void> {
  const { rows } = await owner.query("SELECT 1 FROM pg_catalog.pg_available_extensions WHERE name = 'vector'");
  if (rows.length > 0) return;
  throw missing('This PostgreSQL server has no pgvector to install. Add its package (pgvector) to the server first.');
}

async function dimensionsOf(embedder: MeteredEmbedder, signal: AbortSignal): Promise<number> {
  if (embedder.dimensions !== undefined) return embedder.dimensions;
  const [vector = []] = await embedder.embed(['How long is a vector?'], { signal });
  return vector.length;
}

function bar(count: number, total: number): string {
  const share = total === 0 ? 1 : count / total;
  const full = Math.floor(share * BAR_LENGTH);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_LENGTH - full)}] ${count} of ${total} texts (${Math.floor(share * 100)} %)`;
}

function summary({ embedded, cut, removed }: Awaited<ReturnType<typeof fillEmbeddings>>, most: number): string {
  const details = [
    ...(cut > 0 ? [`${cut} longer than ${most} characters, of which the beginning was embedded`] : []),
    ...(removed > 0 ? [`${removed} vectors removed whose texts are empty now`] : []),
  ];
  return `-- ${embedded} texts embedded${details.length > 0 ? ` (${details.join('; ')})` : ''}.\n`;
}
