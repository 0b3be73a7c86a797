import type { Writable } from 'node:stream';

/**
 * Lets messages that are written in the same turn of the event loop leave in one system call: with many calls under way several are answered
 * per turn, and each write wakes the client.
 *
 * @returns to be called before each write
 */
export function joinWrites(stream: Writable): () => void {
  let isJoining = false;
  const leave = () => {
    isJoining = false;
    stream.uncork();
  };
  return () => {
    if (isJoining) return;
    isJoining = true;
    stream.cork();
    setImmediate(leave);
  };
}
