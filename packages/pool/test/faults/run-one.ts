// One subject, one fault, one process: a fault that ends the process is an observation too.
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { FAULTS } from './matrix.ts';
import { runFault } from './run-fault.ts';
import type { SubjectName } from './subjects.ts';

const [, , subject, name] = process.argv;
const fault = FAULTS.find((candidate) => candidate.name === name);
if (fault === undefined) throw new Error(`There is no fault "${name}".`);

const server = await startEmbeddedPostgres();
const client = new pg.Client({ connectionString: server.url() });
await client.connect();
await client.query('CREATE ROLE app LOGIN');
await client.end();
const seen = await runFault(server, subject as SubjectName, fault);
await new Promise((resolve) => process.stdout.write(`${JSON.stringify(seen)}\n`, resolve));
await server.stop();
process.exit(0);
