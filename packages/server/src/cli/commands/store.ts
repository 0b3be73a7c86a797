import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { StoreError } from '@pgmcp/store';
import { PgmcpError } from '../../errors.ts';
import type { Storage } from '../../storage/index.ts';
import { defineCommand } from '../command.ts';

const plain = { argument: '', words: { least: 0, most: 0 }, needs: 'services', flags: {} } as const;

/** `store check`: prints the SQL that the tables of the server's own records still need. */
export const storeCheckCommand = defineCommand({
  ...plain,
  name: 'store check',
  summary: 'Print the SQL that the tables of the server’s own records still need.',
  exitCodes: { 3: 'something is missing' },
  async run({ services: { storage, rateLimitTable }, print }) {
    const { statements, missingIndexes } = await persistent(storage).store.check();
    const ofLimits = (await rateLimitTable?.check()) ?? [];
    for (const statement of [...statements, ...ofLimits]) print(`${statement};\n`);
    if (missingIndexes.length > 0) print(`-- Indexes still to be built: ${missingIndexes.join(', ')}.\n`);
    if (ofLimits.length + statements.length + missingIndexes.length > 0) return 3;
    print('-- Nothing is missing.\n');
    return 0;
  },
});

/** `store migrate`: runs that SQL. */
export const storeMigrateCommand = defineCommand({
  ...plain,
  name: 'store migrate',
  summary: 'Run that SQL; safe while servers use the records, and when several do it at once.',
  async run({ services: { storage, rateLimitTable }, print }) {
    const { store } = persistent(storage);
    const { statements } = await store.migrate();
    const ofLimits = (await rateLimitTable?.migrate()) ?? [];
    const indexes = await store.buildIndexes();
    await store.maintainPartitions();
    print(`${statements + ofLimits.length} statements run, ${indexes.length} indexes built.\n`);
    return 0;
  },
});

/** `store backup`: writes every record as a line of JSON. */
export const storeBackupCommand = defineCommand({
  ...plain,
  name: 'store backup',
  summary: 'Write every record of the server as a line of JSON to standard output.',
  async run({ services: { storage }, signal, print, room }) {
    for await (const line of persistent(storage).store.backup({ signal })) {
      print(line);
      await room();
    }
    return 0;
  },
});

/** `store restore FILE`: reads such lines back. */
export const storeRestoreCommand = defineCommand({
  ...plain,
  name: 'store restore',
  argument: 'FILE',
  words: { least: 1, most: 1 },
  summary: 'Read such lines back, plain or compressed (.gz); records that are there already stay as they are.',
  async run({ services: { storage }, signal, words: [file = ''], print }) {
    const source = createReadStream(file);
    const lines = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
    source.on('error', (error) => lines.destroy(error));
    const { read, written } = await persistent(storage)
      .store.restore(lines, { onConflict: 'skip', signal })
      .catch((error: unknown) => {
        if (error instanceof StoreError) throw new PgmcpError('VALIDATION_ERROR', error.message, { cause: error });
        if (!isSystemError(error)) throw error;
        throw new PgmcpError('VALIDATION_ERROR', `The file ${file} cannot be read (${error.code}).`, { cause: error });
      });
    print(`${written} of ${read} records restored; the others were there already.\n`);
    return 0;
  },
});

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(?:E[A-Z]+|Z_)/.test(error.code);

function persistent(storage: Storage): Storage {
  if (storage.kind !== 'memory') return storage;
  throw new PgmcpError(
    'VALIDATION_ERROR',
    'Records are kept in memory: there are no tables. Set PG_MCP_STORE_URL or PG_MCP_STORE_DIRECTORY first.',
  );
}
