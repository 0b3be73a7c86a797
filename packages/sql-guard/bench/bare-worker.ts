/** The yardstick: a worker that parses, and sends back nothing but a Boolean. */
import { parentPort } from 'node:worker_threads';
import { createParser } from '../src/parser.ts';

const parser = await createParser();
parentPort?.on('message', (sql: string) => parentPort?.postMessage('stmts' in parser.parse(sql)));
parentPort?.postMessage('ready');
