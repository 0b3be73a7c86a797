import type { Declaration } from './declaration.ts';

/** A partition by time: its name and its bounds in milliseconds since 1970, the upper one excluded. */
export interface TimePartition {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

type Every = 'hour' | 'day' | 'month';

/** The start of the interval `offset` intervals after the one that holds `at`, in UTC. */
function intervalStart(at: number, every: Every, offset: number): number {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (every === 'month') return Date.UTC(year, month + offset, 1);
  const day = date.getUTCDate();
  return every === 'day'
    ? Date.UTC(year, month, day + offset)
    : Date.UTC(year, month, day, date.getUTCHours() + offset);
}

const NAME_LENGTHS: Readonly<Record<Every, number>> = { hour: 13, day: 10, month: 7 };

/** The partition `offset` intervals after the one that holds `at`. */
export function timePartition(declaration: Declaration, every: Every, at: number, offset: number): TimePartition {
  const from = intervalStart(at, every, offset);
  const stamp = new Date(from).toISOString().slice(0, NAME_LENGTHS[every]).replaceAll(/[-T]/g, '');
  return { name: `${declaration.table}_p${stamp}`, from, to: intervalStart(from, every, 1) };
}

/** The partitions that should be there at `at`: the current one and those ahead. */
export function wantedTimePartitions(declaration: Declaration, at: number): readonly TimePartition[] {
  const { partition } = declaration;
  if (partition?.by !== 'time') return [];
  return Array.from({ length: partition.ahead + 1 }, (_, offset) =>
    timePartition(declaration, partition.every, at, offset),
  );
}

/** Names of existing partitions that are past their keep. Names sort by time, and only ours are considered. */
export function expiredTimePartitions(declaration: Declaration, existing: readonly string[], at: number): string[] {
  const { partition } = declaration;
  if (partition?.by !== 'time' || partition.keep === undefined) return [];
  const oldest = timePartition(declaration, partition.every, at, -partition.keep).name;
  return existing.filter(
    (name) => name.length === oldest.length && name.startsWith(`${declaration.table}_p`) && name < oldest,
  );
}
