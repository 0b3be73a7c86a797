import { typeLookup } from '../../results/captured-stream.ts';
import { type ColumnStatistics, createStatisticsCounter } from '../../results/column-statistics.ts';
import type { FoundResult } from '../../results/results.ts';
import type { ToolContext } from '../define-tool.ts';

/** Reads all rows of a kept result once, a page at a time, and counts what its columns hold. */
export async function countStatistics(
  found: FoundResult,
  { services, call }: Pick<ToolContext, 'services' | 'call'>,
): Promise<ColumnStatistics[]> {
  const { captured } = found.result;
  const counter = createStatisticsCounter(captured, typeLookup(captured.types));
  for (const page of captured.pageStarts.keys()) {
    call.signal.throwIfAborted();
    const rows = await services.results.page(call.caller, found, page);
    counter.add(rows ?? []);
    call.progress(`counted page ${page + 1} of ${captured.pageStarts.length}`);
  }
  return counter.statistics();
}
