import { cpus, loadavg, totalmem } from 'node:os';

/** Where and under what a run was made: without it a figure says little. */
export interface MachineNote {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  /** Whether processors were kept from halting. */
  readonly awake: boolean;
}

/** Average number of runnable processes in the last minute; what is measured counts too, and so do loops that keep processors awake. */
export const currentLoad = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100;

/** Describes this machine now. */
export function describeMachine(awake: boolean): MachineNote {
  const [first] = cpus();
  return {
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
    awake,
  };
}
