import type { AskDatabase } from '../ask-database.ts';
import { type CheckResult, type HealthCheck, percentText, type Severity } from './health-check.ts';

/** Transaction numbers wrap at 2^31; the server stops taking writes about three million before. */
const WRAP_AT = 2 ** 31;

const DATABASES = `
SELECT datname AS name, pg_catalog.age(datfrozenxid)::float8 AS age, pg_catalog.mxid_age(datminmxid)::float8 AS "multiAge",
       current_setting('autovacuum_freeze_max_age')::float8 AS "freezeAt",
       current_setting('autovacuum_multixact_freeze_max_age')::float8 AS "multiFreezeAt"
  FROM pg_catalog.pg_database
 ORDER BY 2 DESC`;

const TABLES = `
SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS "table", pg_catalog.age(c.relfrozenxid)::float8 AS age
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'm', 't') AND pg_catalog.age(c.relfrozenxid) > $1
 ORDER BY 2 DESC
 LIMIT 5`;

/** What keeps old rows alive, and so freezing back. */
const HOLDERS = `
SELECT what, age FROM (
  SELECT 'the session ' || pid || ' (' || coalesce(state, 'unknown state') || ')' AS what,
         pg_catalog.age(backend_xmin)::float8 AS age FROM pg_catalog.pg_stat_activity WHERE backend_xmin IS NOT NULL
  UNION ALL SELECT 'the prepared transaction ' || pg_catalog.quote_literal(gid), pg_catalog.age(transaction)::float8 FROM pg_catalog.pg_prepared_xacts
  UNION ALL SELECT 'the replication slot ' || pg_catalog.quote_literal(slot_name), greatest(pg_catalog.age(xmin), pg_catalog.age(catalog_xmin))::float8
              FROM pg_catalog.pg_replication_slots WHERE coalesce(xmin, catalog_xmin) IS NOT NULL) h
 WHERE age > $1 ORDER BY age DESC LIMIT 3`;

/** Younger snapshots are everyday life. */
const OLD_SNAPSHOT = 1_000_000;

function severityOf(age: number, freezeAt: number): Severity | undefined {
  if (age > 0.5 * WRAP_AT) return 'critical';
  // Autovacuum freezes a table when it passes the setting; well beyond it, it does not come through.
  if (age > 1.25 * freezeAt) return 'warning';
  return undefined;
}

async function wraparound(ask: AskDatabase): Promise<CheckResult> {
  const databases = await ask<{ name: string; age: number; multiAge: number; freezeAt: number; multiFreezeAt: number }>(
    DATABASES,
  );
  const findings: CheckResult['findings'][number][] = [];
  for (const { name, age, multiAge, freezeAt, multiFreezeAt } of databases) {
    for (const [what, value, limit] of [
      ['transaction', age, freezeAt],
      ['multixact', multiAge, multiFreezeAt],
    ] as const) {
      const severity = severityOf(value, limit);
      if (severity !== undefined)
        findings.push({
          severity,
          object: name,
          message: `Its oldest ${what} number is ${Math.round(value)} old, ${percentText(value / WRAP_AT)} of the way to the stop.`,
          advice: `As a superuser in that database: VACUUM (FREEZE); after ending what holds old transactions.`,
        });
    }
  }
  const [limit] = databases;
  if (findings.length > 0 && limit !== undefined) {
    const tables = await ask<{ table: string; age: number }>(TABLES, [Math.round(1.25 * limit.freezeAt)]);
    for (const { table, age } of tables)
      findings.push({
        severity: 'notice',
        object: table,
        message: `Frozen ${Math.round(age)} transactions ago.`,
        advice: `VACUUM (FREEZE) ${table};`,
      });
  }
  const holders = await ask<{ what: string; age: number }>(HOLDERS, [OLD_SNAPSHOT]);
  for (const { what, age } of holders)
    findings.push({
      severity: 'warning',
      message: `${what} keeps rows of the last ${Math.round(age)} transactions from being removed.`,
      advice: 'End it, or drop it when nobody needs it any more.',
    });
  return { findings };
}

/** How far the server is from running out of transaction numbers. */
export const transactionAgeCheck: HealthCheck = { name: 'wraparound', check: wraparound };
