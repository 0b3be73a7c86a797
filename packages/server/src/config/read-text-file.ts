import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** A configuration file is read whole; none that a person wrote comes near this. */
const MAX_BYTES = 1_048_576;
/** A pipe (`--config <(decrypt ...)`) may take this long to be written, in milliseconds. Nothing else runs while it is waited for. */
const PIPE_MS = 5_000;
const PIPE_LOOK_MS = 10;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this process may not read it',
  EISDIR: 'it is a folder',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
};

/** Reads a small text file, or says why it cannot be read, without its content. */
export function readTextFile(path: string): { readonly text: string } | { readonly reason: string } {
  let descriptor: number | undefined;
  try {
    // A pipe without a writer would not even open otherwise, and no signal would end the process while it waits.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const facts = fstatSync(descriptor);
    const bytes = facts.isFile() ? readFileSync(descriptor) : readStream(descriptor, facts.isFIFO());
    if (bytes === undefined) return { reason: `nothing was written to the pipe within ${PIPE_MS / 1_000} s` };
    return bytes.length > MAX_BYTES ? { reason: 'it is larger than 1 MiB' } : { text: utf8Text(bytes) };
  } catch (error) {
    const code = codeOf(error);
    return { reason: REASONS[code] ?? `it cannot be read (${code})` };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Text in another encoding would be read as other characters, in a password too. The mark that editors put first is no part of it. */
const utf8Text = (bytes: Buffer): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** Reads what is written to a pipe until its writer closes it, or a device to its end; `undefined` when that takes too long. */
function readStream(descriptor: number, isPipe: boolean): Buffer | undefined {
  const chunks: Buffer[] = [];
  const deadline = performance.now() + PIPE_MS;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  let length = 0;
  while (performance.now() < deadline && length <= MAX_BYTES) {
    const chunk = Buffer.alloc(65_536);
    const read = readSome(descriptor, chunk);
    // The end, unless nobody has begun to write yet; of /dev/null there is no more than its end.
    if (read === 0 && (length > 0 || !isPipe)) return Buffer.concat(chunks);
    if (read === undefined || read === 0) Atomics.wait(pause, 0, 0, PIPE_LOOK_MS);
    else {
      chunks.push(chunk.subarray(0, read));
      length += read;
    }
  }
  return length > MAX_BYTES ? Buffer.concat(chunks) : undefined;
}

/** @returns How many bytes there were: 0 at the end and before a writer has come, `undefined` while a writer is silent. */
function readSome(descriptor: number, into: Buffer): number | undefined {
  try {
    return readSync(descriptor, into);
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
