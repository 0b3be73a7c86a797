import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FAULTS } from './faults/matrix.ts';
import { runFault } from './faults/run-fault.ts';
import { violationsOf } from './faults/violations.ts';

let server: EmbeddedPostgres;

beforeAll(async () => {
  server = await startEmbeddedPostgres();
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  await client.query('CREATE ROLE app LOGIN');
  await client.end();
});
afterAll(() => server.stop());

// A signal to a process is not something every system has.
const faults = FAULTS.filter(({ name }) => process.platform !== 'win32' || !/SIG/.test(name));

describe.each(['one flight', 'step by step'] as const)('%s', (subject) => {
  test.each(faults)('survives: $name', { timeout: 40_000 }, async (fault) => {
    const seen = await runFault(server, subject, fault);
    expect(violationsOf(fault, seen), JSON.stringify(seen)).toEqual([]);
  });
});
