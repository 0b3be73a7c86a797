import { join } from 'node:path';
import { lockDirectory, type Queryable, StoreError, type Transactional } from '@pgmcp/store';
import { ConfigurationError } from '../config/index.ts';
import { isInstalled } from '../is-installed.ts';

const PGLITE = '@electric-sql/pglite';

/** Records in a folder. */
interface Folder {
  readonly db: Transactional;
  close(): Promise<void>;
}

/** What is used of PGlite. */
interface Embedded extends Transactional {
  close(): Promise<void>;
}

/**
 * Takes a folder for records in PGlite. The folder is taken now; PGlite, which needs some seconds and some hundred megabytes of
 * memory, starts with the first use.
 *
 * @throws ConfigurationError when PGlite is not installed, another process has the folder, or it cannot be written.
 */
export function openFolder(path: string): Folder {
  if (!isInstalled(PGLITE)) throw refused(path, NOT_INSTALLED);
  const lock = takeFolder(path);
  let starting: Promise<Embedded> | undefined;
  const start = (): Promise<Embedded> => {
    starting ??= startEmbedded(join(path, 'data')).catch((error: unknown) => {
      starting = undefined;
      throw error;
    });
    return starting;
  };
  return {
    db: {
      query: async (text, values) => (await start()).query(text, values),
      transaction: async <T>(work: (transaction: Queryable) => Promise<T>) => (await start()).transaction(work),
    },
    async close() {
      const started = starting;
      starting = undefined;
      await (await started?.catch(() => undefined))?.close();
      lock.release();
    },
  };
}

function takeFolder(path: string): ReturnType<typeof lockDirectory> {
  try {
    return lockDirectory(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const message =
      error instanceof StoreError
        ? error.message
        : `The folder cannot be used (${code}). Correct the path, or let this process write it.`;
    throw refused(path, message);
  }
}

async function startEmbedded(dataDirectory: string): Promise<Embedded> {
  const module = await import('@electric-sql/pglite').catch(() => {
    throw refused(dataDirectory, NOT_INSTALLED);
  });
  return module.PGlite.create(dataDirectory);
}

const NOT_INSTALLED = `The package ${PGLITE} is not installed. Install it beside this one (npm install ${PGLITE}), or use store.url.`;

function refused(source: string, message: string): ConfigurationError {
  return new ConfigurationError([{ key: 'store.directory', source, message }]);
}
