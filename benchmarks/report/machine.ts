import { cpus, loadavg, totalmem } from 'node:os';

/** Where and under what a run was made: without it a figure says little. */
export interface MachineNote {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
}

/** Average number of runnable processes in the last minute; what is measured counts too. */
export const currentLoad = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100;

/** Describes this machine now. */
export function describeMachine(): MachineNote {
  const [first] = cpus();
  return {
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
  };
}
