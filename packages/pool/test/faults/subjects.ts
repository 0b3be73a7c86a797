import { createPools, type PoolEvent } from '@pgmcp/pool';
import pg from 'pg';

/** The statement timeout of every call, and the number of connections. */
export const TIMEOUT_MS = 1_000;
export const BORROW_MS = 1_500;
export const CONNECTIONS = 4;

/** A pool under test. */
export interface Subject {
  call(text: string): Promise<unknown>;
  counts(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
  readonly events: readonly PoolEvent[];
}

export type SubjectName = 'one flight' | 'step by step' | 'pg.Pool' | 'pg.Pool, tuned';

function ours(url: string, pooler: 'none' | 'transaction'): Subject {
  const events: PoolEvent[] = [];
  const pools = createPools(
    [
      {
        name: 'main',
        url,
        pooler,
        maxConnections: CONNECTIONS,
        borrowTimeoutMs: BORROW_MS,
        connectTimeoutMs: 1_000,
        statementTimeoutMs: TIMEOUT_MS,
        applicationName: 'subject',
      },
    ],
    { onEvent: (event) => events.push(event) },
  );
  const db = pools.database('main');
  return {
    call: (text) => db.table(text),
    counts: () => db.stats(),
    close: () => pools.close({ deadlineMs: 1_000 }),
    events,
  };
}

function driver(url: string, options: pg.PoolConfig): Subject {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, application_name: 'subject', ...options });
  if (Object.keys(options).length > 0) {
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
  }
  return {
    call: (text) => pool.query(text),
    counts: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
    events: [],
  };
}

/** Opens a pool of ours, or a pool of the driver alone to show the difference. */
export function openSubject(name: SubjectName, url: string): Subject {
  switch (name) {
    case 'one flight':
      return ours(url, 'none');
    case 'step by step':
      return ours(url, 'transaction');
    case 'pg.Pool':
      return driver(url, {});
    case 'pg.Pool, tuned':
      return driver(url, {
        connectionTimeoutMillis: BORROW_MS,
        query_timeout: TIMEOUT_MS,
        statement_timeout: TIMEOUT_MS,
        keepAlive: true,
      });
  }
}
