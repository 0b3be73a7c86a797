import type { ChildProcess } from 'node:child_process';

/** Whether a program has ended: by itself, or by a signal, which leaves it without an exit code. */
export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;
