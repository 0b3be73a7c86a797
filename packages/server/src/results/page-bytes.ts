import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { TextRow } from './kept-result.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Rows as they are stored: JSON, compressed off the main thread. Results repeat themselves, so the fastest level is enough. */
export async function writePage(rows: readonly TextRow[]): Promise<Uint8Array> {
  return compress(JSON.stringify(rows), { level: 1 });
}

/** Reads what {@link writePage} wrote. */
export async function readPage(bytes: Uint8Array): Promise<readonly TextRow[]> {
  return JSON.parse((await decompress(bytes)).toString('utf8')) as TextRow[];
}
