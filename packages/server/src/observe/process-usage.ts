import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How the process does. */
export interface ProcessUsage {
  /** Resident memory. */
  readonly memoryBytes: number;
  /** 99th percentile since the last look that is five seconds old or older; the looks in between tell the same. */
  readonly eventLoopDelayMs: number;
  /** Percent of one processor, over the same time. */
  readonly cpuPercent: number;
}

/** Looks at the process. */
export interface ProcessWatch {
  usage(): ProcessUsage;
  close(): void;
}

/** How old a look may get before the next one begins anew, in milliseconds. */
const WINDOW_MS = 5_000;

/** Begins to watch the process. */
export function watchProcess(): ProcessWatch {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let at = performance.now();
  let cpu = process.cpuUsage();
  let latest: Pick<ProcessUsage, 'eventLoopDelayMs' | 'cpuPercent'> | undefined;
  return {
    usage() {
      const now = performance.now();
      if (latest === undefined || now - at >= WINDOW_MS) {
        const used = process.cpuUsage(cpu);
        const elapsedMs = Math.max(1, now - at);
        // The histogram counts the timer's own interval; what is above it is delay.
        const p99Ms = delay.count === 0 ? 0 : Math.max(0, delay.percentile(99) / 1e6 - 20);
        latest = {
          eventLoopDelayMs: Math.round(p99Ms * 10) / 10,
          cpuPercent: Math.round((used.user + used.system) / 10 / elapsedMs),
        };
        if (now - at >= WINDOW_MS) {
          at = now;
          cpu = process.cpuUsage();
          delay.reset();
        }
      }
      return { memoryBytes: process.memoryUsage.rss(), ...latest };
    },
    close: () => delay.disable(),
  };
}
