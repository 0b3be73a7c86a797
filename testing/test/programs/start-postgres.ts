/**
 * Starts a server with the options given as JSON in the first argument, prints where it is, and goes the way of the second
 * argument: `exit` without stopping it, or `wait` for a signal.
 */
import { startEmbeddedPostgres } from '../../src/embedded-postgres/index.ts';

const server = await startEmbeddedPostgres(JSON.parse(process.argv[2] ?? '{}'));
const { port, dataDirectory, binDirectory, postmasterPid } = server;
process.stdout.write(
  `${JSON.stringify({ port, dataDirectory, binDirectory, postmasterPid, uid: process.getuid?.() })}\n`,
);
const way = process.argv[3];
if (way === 'exit') process.exit(0);
if (way === 'wait') setInterval(() => {}, 60_000);
