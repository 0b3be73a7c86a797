import type { AskDatabase } from '../ask-database.ts';
import { bytesText, type CheckResult, type HealthCheck, percentText } from './health-check.ts';
import type { StatisticsFacts } from './statistics-facts.ts';

const MIN_WASTED_BYTES = 10 * 1024 * 1024;
const MIN_WASTED_SHARE = 0.4;

/**
 * An estimate, from the planner's statistics: what the rows need by their average width against the pages that the table has. Out-of-line
 * values are in another file and not counted on either side.
 */
const BLOAT = `
SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS "table",
       c.relpages::float8 * current_setting('block_size')::int AS bytes,
       c.reltuples::float8 * (28 + w.width) * 100 / f.fillfactor AS needed,
       w.columns = (SELECT count(*) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
         AS "seesAll"
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL (SELECT count(*) AS columns, coalesce(sum(s.avg_width * (1 - s.null_frac)), 0)::float8 AS width
                        FROM pg_catalog.pg_stats s
                       WHERE s.schemaname = n.nspname AND s.tablename = c.relname AND NOT s.inherited) w
  CROSS JOIN LATERAL (SELECT coalesce((SELECT option_value::float8 FROM pg_catalog.pg_options_to_table(c.reloptions)
                                        WHERE option_name = 'fillfactor'), 100) AS fillfactor) f
 WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.reltuples >= 0
   AND c.relpages::float8 * current_setting('block_size')::int >= $1
 ORDER BY 2 DESC
 LIMIT 200`;

async function bloat(ask: AskDatabase): Promise<CheckResult> {
  const rows = await ask<{ table: string; bytes: number; needed: number; seesAll: boolean }>(BLOAT, [MIN_WASTED_BYTES]);
  const invisible = rows.filter(({ seesAll }) => !seesAll).length;
  return {
    findings: rows
      .filter(({ bytes, needed, seesAll }) => seesAll && bytes - needed >= MIN_WASTED_BYTES)
      .filter(({ bytes, needed }) => (bytes - needed) / bytes >= MIN_WASTED_SHARE)
      .map(({ table, bytes, needed }) => ({
        severity: 'warning',
        object: table,
        message: `About ${percentText((bytes - needed) / bytes)} of its ${bytesText(bytes)} is free or dead space (estimate from statistics).`,
        advice: `Find out what keeps VACUUM from reusing it (long transactions, slots); to give it back: pg_repack, or VACUUM (FULL) ${table} in a maintenance window.`,
      })),
    ...(invisible > 0 && {
      withheld: `${invisible} tables of ${bytesText(MIN_WASTED_BYTES)} and more: the role may not read all their columns, or they were never analyzed, so their statistics are invisible.`,
    }),
  };
}

const VACUUM = `
SELECT pg_catalog.quote_ident(s.schemaname) || '.' || pg_catalog.quote_ident(s.relname) AS "table",
       s.n_live_tup::float8 AS live, s.n_dead_tup::float8 AS dead, s.n_mod_since_analyze::float8 AS changed,
       c.reltuples::float8 AS rows, c.relpages::float8 AS pages,
       (extract(epoch FROM pg_catalog.now() - greatest(s.last_vacuum, s.last_autovacuum)) / 86400)::float8 AS "vacuumDays",
       greatest(s.last_analyze, s.last_autoanalyze) IS NOT NULL AS "isAnalyzed",
       coalesce(c.reloptions::text LIKE '%autovacuum_enabled=false%' OR c.reloptions::text LIKE '%autovacuum_enabled=off%', false)
         AS "isOff"
  FROM pg_catalog.pg_stat_user_tables s
  JOIN pg_catalog.pg_class c ON c.oid = s.relid
 WHERE c.relkind IN ('r', 'm')
   AND (s.n_dead_tup > 10000 OR s.n_mod_since_analyze > 10000 OR c.relpages > 100 OR c.reloptions IS NOT NULL)
 ORDER BY s.n_dead_tup DESC
 LIMIT 1000`;

interface VacuumRow {
  readonly table: string;
  readonly live: number;
  readonly dead: number;
  readonly changed: number;
  readonly rows: number;
  readonly pages: number;
  readonly vacuumDays: number | null;
  readonly isAnalyzed: boolean;
  readonly isOff: boolean;
}

async function vacuum(ask: AskDatabase, facts: StatisticsFacts): Promise<CheckResult> {
  const [setting] = await ask<{ autovacuum: string }>("SELECT current_setting('autovacuum') AS autovacuum");
  const off: CheckResult['findings'] =
    setting?.autovacuum === 'off'
      ? [
          {
            severity: 'critical',
            message:
              'autovacuum is off for the whole server: tables grow, and the server stops before its transaction numbers run out.',
            advice: 'ALTER SYSTEM SET autovacuum = on; SELECT pg_reload_conf();',
          },
        ]
      : [];
  if (!facts.countsUse || facts.isReplica)
    return {
      findings: off,
      withheld: facts.isReplica ? 'dead rows are counted on the primary only.' : 'track_counts is off.',
    };
  const rows = await ask<VacuumRow>(VACUUM);
  return { findings: [...off, ...rows.flatMap(judgeTable)] };
}

function judgeTable({ table, live, dead, changed, rows, pages, vacuumDays, isAnalyzed, isOff }: VacuumRow) {
  const findings: CheckResult['findings'][number][] = [];
  const total = Math.max(1, live + dead);
  if (isOff)
    findings.push({
      severity: 'warning',
      object: table,
      message: 'autovacuum is switched off for this table.',
      advice: `ALTER TABLE ${table} RESET (autovacuum_enabled);`,
    });
  if (dead > 10_000 && dead / total > 0.2)
    findings.push({
      severity: 'warning',
      object: table,
      message: `${Math.round(dead)} dead rows, ${percentText(dead / total)} of all; last vacuum ${vacuumDays === null ? 'not recorded' : `${vacuumDays.toFixed(1)} days ago`}.`,
      advice: `VACUUM (ANALYZE) ${table}; and look for long transactions that keep dead rows alive.`,
    });
  if ((rows < 0 || (!isAnalyzed && rows <= 0)) && pages > 100)
    findings.push({
      severity: 'warning',
      object: table,
      message: 'It was never analyzed: plans go by guesses.',
      advice: `ANALYZE ${table};`,
    });
  else if (changed > 10_000 && changed > 0.3 * Math.max(1, live))
    findings.push({
      severity: 'notice',
      object: table,
      message: `${Math.round(changed)} rows changed since the last ANALYZE, of ${Math.round(live)}: estimates are stale.`,
      advice: `ANALYZE ${table};`,
    });
  return findings;
}

const MIN_BLOCKS = 100_000;
const MIN_HIT_SHARE = 0.9;
const CACHE = `
SELECT coalesce(sum(heap_blks_hit + idx_blks_hit), 0)::float8 AS hit, coalesce(sum(heap_blks_read + idx_blks_read), 0)::float8 AS read
  FROM (SELECT heap_blks_hit, heap_blks_read, coalesce(idx_blks_hit, 0) AS idx_blks_hit, coalesce(idx_blks_read, 0) AS idx_blks_read
          FROM pg_catalog.pg_statio_user_tables) t`;

async function cache(ask: AskDatabase, facts: StatisticsFacts): Promise<CheckResult> {
  if (!facts.countsUse) return { findings: [], withheld: 'track_counts is off.' };
  const [row] = await ask<{ hit: number; read: number }>(CACHE);
  const { hit, read } = row ?? { hit: 0, read: 0 };
  if (hit + read < MIN_BLOCKS)
    return {
      findings: [],
      withheld: `only ${hit + read} block reads were counted; at least ${MIN_BLOCKS} are needed.`,
    };
  if (hit / (hit + read) >= MIN_HIT_SHARE) return { findings: [] };
  return {
    findings: [
      {
        severity: 'warning',
        message: `${percentText(hit / (hit + read))} of block reads were answered from shared_buffers; below ${percentText(MIN_HIT_SHARE)}.`,
        advice:
          'Look for sequential scans of large tables first, then at shared_buffers. The cache of the operating system is not counted here.',
      },
    ],
  };
}

/** How tables are kept. */
export const tableChecks: readonly HealthCheck[] = [
  { name: 'bloat', check: bloat },
  { name: 'vacuum', check: vacuum },
  { name: 'cache', check: cache },
];
