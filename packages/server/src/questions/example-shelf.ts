import { createHash } from 'node:crypto';
import {
  type AskPorts,
  type Example,
  type ExampleCollection,
  type ExampleMatch,
  normalizeQuestion,
  rankExamples,
  rebindExamples,
} from '@pgmcp/nl2sql';
import { z } from 'zod';
import { type Call, type Caller, callerKey } from '../call.ts';
import type { ConnectedDatabase } from '../databases.ts';
import type { MeteredEmbedder } from '../embedder.ts';
import { PgmcpError } from '../errors.ts';
import type { Executor } from '../execute.ts';
import { isPostgresError } from '../postgres-error.ts';
import type { Storage } from '../storage/index.ts';
import { rankByMeaning } from './rank-by-meaning.ts';

const storedExample = z.object({
  question: z.string(),
  sql: z.string(),
  maskedQuestion: z.string(),
  skeleton: z.string(),
  tables: z.array(z.string()),
  fingerprint: z.string().optional(),
  verifiedBy: z.string().optional(),
  savedAt: z.string().optional(),
  /** Why it is not used: it no longer binds. */
  quarantined: z.string().optional(),
});

/** An example as it is kept. */
export type StoredExample = z.output<typeof storedExample>;

/** Whose examples: those of the caller's tenant (or of the caller alone, without one), or everybody's. */
export type ExampleOwner = 'own' | 'shared';

/** Remembers answered questions per database and tenant. */
export interface ExampleShelf {
  /** The examples that a call may use, as the port of the pipeline. */
  for(database: ConnectedDatabase, call: Call): ExampleCollection;
  list(database: ConnectedDatabase, caller: Caller, owner: ExampleOwner): Promise<readonly StoredExample[]>;
  /** The one for a question, also when it is set aside. */
  find(
    database: ConnectedDatabase,
    caller: Caller,
    owner: ExampleOwner,
    question: string,
  ): Promise<StoredExample | undefined>;
  /** The one for the same question is replaced. */
  save(database: ConnectedDatabase, caller: Caller, owner: ExampleOwner, example: Example): Promise<void>;
  /** @returns whether there was one for the question */
  remove(database: ConnectedDatabase, caller: Caller, owner: ExampleOwner, question: string): Promise<boolean>;
  /**
   * Checks and explains every example by the caller's policy. Those that bind have the fingerprint of now and are used again,
   * the others are set aside with the reason.
   */
  recheck(database: ConnectedDatabase, call: Call, owner: ExampleOwner): Promise<readonly StoredExample[]>;
}

/**
 * For commands, which end at once: what they remember must outlive them.
 * @throws PgmcpError `VALIDATION_ERROR`
 */
export function requireLasting({ kind }: Pick<Storage, 'kind'>): void {
  if (kind !== 'memory') return;
  throw new PgmcpError(
    'VALIDATION_ERROR',
    'Examples are kept in memory and end with the process. Set PG_MCP_STORE_URL or PG_MCP_STORE_DIRECTORY first.',
  );
}

/** Nobody reads more; the oldest are left out. */
const MAX_READ = 5_000;

/** What the shelf stands on. */
export interface ExampleShelfParts {
  readonly storage: Storage;
  /** The one in force: a reload replaces it. */
  readonly executor: () => Executor;
  readonly embedder: MeteredEmbedder | undefined;
}

/** Makes the shelf. Examples live in the server's storage: without one that lasts they end with the process. */
export function createExampleShelf({ storage, executor, embedder }: ExampleShelfParts): ExampleShelf {
  const collection = storage.collection<StoredExample>('examples', { parse: (data) => storedExample.parse(data) });
  const shelf = (database: ConnectedDatabase, caller: Caller, owner: ExampleOwner) =>
    collection.within(scopeOf(database, caller, owner));

  async function read(database: ConnectedDatabase, caller: Caller, owner: ExampleOwner): Promise<StoredExample[]> {
    const found: StoredExample[] = [];
    const newest = { field: 'createdAt', direction: 'desc' } as const;
    for await (const { data } of shelf(database, caller, owner).stream({
      namespace: [database.name],
      orderBy: newest,
    })) {
      if (found.push(data) === MAX_READ) break;
    }
    return found;
  }

  async function write(
    database: ConnectedDatabase,
    caller: Caller,
    owner: ExampleOwner,
    data: StoredExample,
  ): Promise<void> {
    await shelf(database, caller, owner).save({ id: idOf(database, data.question), data, namespace: [database.name] });
  }

  /**
   * Judges examples of another fingerprint anew, by the policy of the call, and keeps what was found. What one caller may not read
   * is not gone: unless `keepsRefusals`, only what PostgreSQL no longer knows is set aside for everybody.
   */
  async function rebind(
    database: ConnectedDatabase,
    call: Call,
    owner: ExampleOwner,
    { examples, keepsRefusals }: { readonly examples: readonly StoredExample[]; readonly keepsRefusals: boolean },
  ): Promise<StoredExample[]> {
    const fingerprint = await fingerprintOf(database);
    if (fingerprint === undefined) return [...examples];
    const gone = new Set<string>();
    const ports = judgeFor(executor(), database, call, (sql) => gone.add(sql));
    const { bound, quarantined } = await rebindExamples(examples, fingerprint, ports);
    const judged = [
      ...bound.map((example) => toStored({ ...example, quarantined: undefined })),
      ...quarantined.map(({ example, reason }) => toStored({ ...example, quarantined: reason })),
    ];
    for (const example of judged) {
      if (example.quarantined === undefined || keepsRefusals || gone.has(example.sql)) {
        await write(database, call.caller, owner, example);
      }
    }
    return judged;
  }

  async function nearest(
    database: ConnectedDatabase,
    call: Call,
    query: Parameters<ExampleCollection['nearest']>[0],
  ): Promise<readonly ExampleMatch[]> {
    const owners: readonly ExampleOwner[] = database.owner === undefined ? ['own', 'shared'] : ['own'];
    const lists = await Promise.all(owners.map((owner) => read(database, call.caller, owner)));
    const ownerOf = new Map<Example, ExampleOwner>();
    for (const [at, list] of lists.entries()) for (const example of list) ownerOf.set(example, owners[at] ?? 'own');
    const usable = [...ownerOf.keys()].filter(
      (example) => !('quarantined' in example) || example.quarantined === undefined,
    );
    if (usable.length === 0) return [];
    const similarities = await rankByMeaning(embedder, usable, query.maskedQuestion, call);
    const fingerprint = await fingerprintOf(database);
    const matches: ExampleMatch[] = [];
    for (const match of rankExamples(usable, query, similarities)) {
      const { example } = match;
      if (fingerprint === undefined || example.fingerprint === fingerprint) {
        matches.push(match);
        continue;
      }
      const [judged] = await rebind(database, call, ownerOf.get(example) ?? 'own', {
        examples: [toStored(example)],
        keepsRefusals: false,
      });
      if (judged !== undefined && judged.quarantined === undefined) matches.push({ ...match, example: judged });
    }
    return matches;
  }

  return {
    for: (database, call) => ({
      save: async (example) => write(database, call.caller, 'own', toStored(example)),
      nearest: (query) => nearest(database, call, query),
    }),
    list: read,
    find: async (database, caller, owner, question) =>
      (await shelf(database, caller, owner).load(idOf(database, question)))?.data,
    save: (database, caller, owner, example) => write(database, caller, owner, toStored(example)),
    remove: async (database, caller, owner, question) =>
      (await shelf(database, caller, owner).remove(idOf(database, question))).outcome === 'removed',
    async recheck(database, call, owner) {
      const all = await read(database, call.caller, owner);
      const examples = all.map(({ fingerprint: _, ...example }) => example);
      return rebind(database, call, owner, { examples, keepsRefusals: true });
    },
  };
}

/**
 * A tenant's callers share what they confirmed; a caller without one keeps it alone. A database that a caller added is for that
 * caller alone: others may have one of the same name.
 */
function scopeOf({ owner: addedBy }: ConnectedDatabase, caller: Caller, owner: ExampleOwner): string {
  if (addedBy !== undefined) return `connection ${addedBy}`;
  if (owner === 'shared') return 'shared';
  return caller.tenant === undefined ? `caller ${callerKey(caller)}` : `tenant ${encodeURIComponent(caller.tenant)}`;
}

const idOf = ({ name }: ConnectedDatabase, question: string): string =>
  createHash('sha256')
    .update(`${name}\0${normalizeQuestion(question)}`)
    .digest('hex');

const toStored = ({ scope: _, ...example }: Example & { readonly quarantined?: string | undefined }): StoredExample =>
  JSON.parse(JSON.stringify(example)) as StoredExample;

async function fingerprintOf(database: ConnectedDatabase): Promise<string | undefined> {
  await database.catalog();
  return database.catalogs.current()?.fingerprint;
}

/** Names that PostgreSQL does not know (42P01, 42703, 42883 ...); 42501 is only about the role. */
const isUnknownName = (error: unknown): boolean =>
  isPostgresError(error) && error.code.startsWith('42') && error.code !== '42501';

/** Check and EXPLAIN as the caller may; `onGone` hears of statements whose names no longer exist. */
function judgeFor(
  executor: Executor,
  database: ConnectedDatabase,
  call: Call,
  onGone: (sql: string) => void,
): Pick<AskPorts, 'check' | 'runner'> {
  return {
    check: { check: (sql) => executor.check({ database, sql }, call) },
    runner: {
      explain: async (sql) => {
        try {
          const plan = await executor.plan({ database, sql }, call);
          return { totalCost: plan.total_cost };
        } catch (error) {
          if (isUnknownName(error)) onGone(sql);
          throw error;
        }
      },
      run: () => Promise.reject(new Error('An example is explained, never run.')),
    },
  };
}
