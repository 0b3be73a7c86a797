import { createGuard } from '@pgmcp/sql-guard';
import { readGoldStatements } from '../../packages/sql-guard/bench/gold-statements.ts';
import { startBareParser } from '../../packages/sql-guard/bench/start-bare-parser.ts';
import { interleave } from '../measure/interleave.ts';
import { pinThreadsApart } from '../measure/pin-apart.ts';
import { verifiedStatements } from '../measure/verified-statements.ts';
import type { Suite } from '../suite.ts';

// The first calls after the other thread's turn find nothing of theirs in the processor's caches, which no program does to its guard.
const leastCallsOfTurn = 800;
// V8 compiles code again and again over some ten thousand calls, and there is more of it behind a verdict than behind a parse.
const turnsOfWarmUp = 20;

/** A verdict through the worker beside a worker of the same kind that only parses: gold queries when `PGMCP_EVAL_DATA` names them. */
export const guardVerdict: Suite = {
  name: 'guard-verdict',
  title: 'One verdict of the guard, through its worker thread',
  goal: 'at most 1.5x of the same round trip with a bare parse, 2x at p99; from the cache 5 us (P10)',
  async run({ rounds }) {
    const statements = readGoldStatements() ?? (await verifiedStatements());
    const callsOfTurn = statements.length * Math.ceil(leastCallsOfTurn / statements.length);
    const bare = await startBareParser();
    const guard = await createGuard({ limits: { maxCachedVerdicts: 0, killTimeoutMs: 5_000 } });
    const caching = await createGuard({ engine: 'same-thread', limits: { maxCachedVerdicts: statements.length * 2 } });
    const cycle = (judge: (sql: string) => Promise<unknown>) => {
      let next = 0;
      return () => judge(statements[next++ % statements.length] ?? '');
    };
    // A thread starts with its guard's first statement.
    await guard.check('SELECT 1');
    const release = pinThreadsApart(['sql-guard', 'bare-parser']);
    try {
      return {
        measurements: await interleave(
          [
            { name: 'worker round trip with a bare parse', call: cycle(bare.parse) },
            { name: 'verdict through the worker', call: cycle((sql) => guard.check(sql)) },
            { name: 'verdict from the cache', call: cycle((sql) => caching.check(sql)) },
          ],
          { rounds, calls: callsOfTurn, warmUpCalls: callsOfTurn * turnsOfWarmUp },
        ),
        facts: { threads: release ? 'each on a processor of its own' : 'where the scheduler puts them' },
      };
    } finally {
      release?.();
      await Promise.all([bare.close(), guard.close(), caching.close()]);
    }
  },
};
