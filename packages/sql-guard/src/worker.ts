import { workerData } from 'node:worker_threads';
import { serveJobs } from './job-server.ts';
import type { WorkerSetup } from './worker-protocol.ts';

// No top-level await: the published file is CommonJS. What goes wrong ends the thread, which its owner sees.
void serveJobs(workerData as WorkerSetup);
