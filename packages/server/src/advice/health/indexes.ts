import type { AskDatabase } from '../ask-database.ts';
import { bytesText, type CheckResult, type Finding, type HealthCheck } from './health-check.ts';
import { reasonAgainstUnused, type StatisticsFacts } from './statistics-facts.ts';

const NAME = (alias: string) =>
  `pg_catalog.quote_ident(${alias}_schema.nspname) || '.' || pg_catalog.quote_ident(${alias}.relname)`;

/** Smaller ones cost too little to talk about. */
const MIN_UNUSED_BYTES = 1024 * 1024;

const UNUSED = `
SELECT ${NAME('i')} AS index, ${NAME('t')} AS "table", pg_catalog.pg_relation_size(i.oid)::float8 AS bytes
  FROM pg_catalog.pg_stat_user_indexes s
  JOIN pg_catalog.pg_index x ON x.indexrelid = s.indexrelid
  JOIN pg_catalog.pg_class i ON i.oid = s.indexrelid
  JOIN pg_catalog.pg_namespace i_schema ON i_schema.oid = i.relnamespace
  JOIN pg_catalog.pg_class t ON t.oid = s.relid
  JOIN pg_catalog.pg_namespace t_schema ON t_schema.oid = t.relnamespace
 WHERE s.idx_scan = 0 AND x.indisvalid AND NOT x.indisunique AND NOT x.indisprimary AND NOT x.indisexclusion
   AND NOT x.indisreplident AND i.relkind = 'i' AND pg_catalog.pg_relation_size(i.oid) >= $1
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint c WHERE c.conindid = i.oid)
 ORDER BY 3 DESC`;

/** One index covers another: the same leading columns of the same kind, on the same rows. */
const DUPLICATE = `
SELECT ${NAME('i')} AS index, ${NAME('k')} AS covered_by, pg_catalog.pg_relation_size(i.oid)::float8 AS bytes,
       x.indnkeyatts = y.indnkeyatts AS is_same
  FROM pg_catalog.pg_index x
  JOIN pg_catalog.pg_index y ON y.indrelid = x.indrelid AND y.indexrelid <> x.indexrelid AND y.indisvalid
  JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
  JOIN pg_catalog.pg_namespace i_schema ON i_schema.oid = i.relnamespace
  JOIN pg_catalog.pg_class k ON k.oid = y.indexrelid
  JOIN pg_catalog.pg_namespace k_schema ON k_schema.oid = k.relnamespace
 WHERE x.indisvalid AND NOT x.indisexclusion AND NOT x.indisreplident
   AND i_schema.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
   AND i.relkind = 'i' AND k.relkind = 'i' AND i.relam = k.relam
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint c WHERE c.conindid = x.indexrelid)
   AND (NOT x.indisunique OR (y.indisunique AND x.indnkeyatts = y.indnkeyatts))
   AND pg_catalog.pg_get_expr(x.indpred, x.indrelid) IS NOT DISTINCT FROM pg_catalog.pg_get_expr(y.indpred, y.indrelid)
   AND x.indexprs IS NULL AND y.indexprs IS NULL
   AND (x.indnkeyatts = y.indnkeyatts OR i.relam = (SELECT oid FROM pg_catalog.pg_am WHERE amname = 'btree'))
   AND x.indnkeyatts <= y.indnkeyatts
   AND (SELECT pg_catalog.bool_and(x.indkey[n] = y.indkey[n] AND x.indclass[n] = y.indclass[n]
                                   AND x.indcollation[n] = y.indcollation[n] AND x.indoption[n] = y.indoption[n])
          FROM pg_catalog.generate_series(0, x.indnkeyatts - 1) n)
   AND NOT EXISTS (SELECT FROM pg_catalog.generate_series(x.indnkeyatts, x.indnatts - 1) n
                    WHERE x.indkey[n] <> ALL (y.indkey::int2[]))
   AND (x.indnkeyatts < y.indnkeyatts OR x.indnatts < y.indnatts OR x.indexrelid > y.indexrelid
        OR (y.indisunique AND NOT x.indisunique)
        OR EXISTS (SELECT FROM pg_catalog.pg_constraint c WHERE c.conindid = y.indexrelid))
 ORDER BY 3 DESC`;

const INVALID = `
SELECT ${NAME('i')} AS index, pg_catalog.pg_relation_size(i.oid)::float8 AS bytes,
       EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.oid) AS "isBuilding"
  FROM pg_catalog.pg_index x
  JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
  JOIN pg_catalog.pg_namespace i_schema ON i_schema.oid = i.relnamespace
 WHERE NOT (x.indisvalid AND x.indisready) AND i.relkind = 'i'
 ORDER BY 2 DESC`;

async function unused(ask: AskDatabase, facts: StatisticsFacts): Promise<CheckResult> {
  const withheld = reasonAgainstUnused(facts);
  if (withheld !== undefined) return { findings: [], withheld };
  const rows = await ask<{ index: string; table: string; bytes: number }>(UNUSED, [MIN_UNUSED_BYTES]);
  const since = facts.countedDays === undefined ? 'ever' : `in ${Math.floor(facts.countedDays)} days`;
  return {
    findings: rows.map(({ index, table, bytes }) => ({
      severity: 'warning',
      object: index,
      message: `No scan of ${table} has used it ${since}; it takes ${bytesText(bytes)} and slows every write.`,
      advice: `When no replica and no yearly job needs it: DROP INDEX CONCURRENTLY ${index};`,
    })),
  };
}

async function duplicate(ask: AskDatabase): Promise<CheckResult> {
  const rows = await ask<{ index: string; covered_by: string; bytes: number; is_same: boolean }>(DUPLICATE);
  const told = new Map<string, Finding>();
  for (const { index, covered_by, bytes, is_same } of rows) {
    if (told.has(index)) continue;
    told.set(index, {
      severity: is_same ? 'warning' : 'notice',
      object: index,
      message: `${is_same ? 'The same as' : 'Its columns are the first ones of'} ${covered_by}; it takes ${bytesText(bytes)}.`,
      advice: `DROP INDEX CONCURRENTLY ${index};`,
    });
  }
  return { findings: [...told.values()] };
}

async function invalid(ask: AskDatabase): Promise<CheckResult> {
  const rows = await ask<{ index: string; bytes: number; isBuilding: boolean }>(INVALID);
  return {
    findings: rows
      .filter(({ isBuilding }) => !isBuilding)
      .map(({ index, bytes }) => ({
        severity: 'warning',
        object: index,
        message: `Invalid: an interrupted CREATE INDEX CONCURRENTLY left it. No query uses it, every write may keep it up (${bytesText(bytes)}).`,
        advice: `DROP INDEX CONCURRENTLY ${index}; or REINDEX INDEX CONCURRENTLY ${index};`,
      })),
  };
}

/** Indexes that cost more than they give. */
export const indexChecks: readonly HealthCheck[] = [
  { name: 'unused_indexes', check: unused },
  { name: 'duplicate_indexes', check: duplicate },
  { name: 'invalid_indexes', check: invalid },
];
