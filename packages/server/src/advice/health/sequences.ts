import type { AskDatabase } from '../ask-database.ts';
import { type CheckResult, type HealthCheck, percentText } from './health-check.ts';

/** Also the type of the column behind a sequence: a bigint sequence does not help an integer key. */
const SEQUENCES = `
SELECT pg_catalog.quote_ident(s.schemaname) || '.' || pg_catalog.quote_ident(s.sequencename) AS sequence,
       s.last_value::float8 AS last, s.increment_by::float8 AS step, s.cycle AS "isCyclic",
       least(s.max_value::float8, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 END) AS highest,
       a.attrelid::regclass::text || '.' || pg_catalog.quote_ident(a.attname) AS "column",
       coalesce(pg_catalog.has_sequence_privilege(c.oid, 'SELECT,USAGE'), false) AS "isVisible"
  FROM pg_catalog.pg_sequences s
  JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.sequencename AND c.relkind = 'S'
  LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass
                                   AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
 WHERE s.increment_by > 0`;

async function sequences(ask: AskDatabase): Promise<CheckResult> {
  const rows = await ask<{
    sequence: string;
    last: number | null;
    isCyclic: boolean;
    highest: number;
    column: string | null;
    isVisible: boolean;
  }>(SEQUENCES);
  const invisible = rows.filter(({ isVisible }) => !isVisible).length;
  return {
    findings: rows
      .filter(({ last, isCyclic, highest }) => !isCyclic && last !== null && last / highest >= 0.7)
      .map(({ sequence, last, highest, column }) => {
        const share = (last ?? 0) / highest;
        return {
          severity: share >= 0.9 ? ('critical' as const) : ('warning' as const),
          object: sequence,
          message: `${percentText(share)} of its values${column === null ? '' : ` for ${column}`} are used (${last} of ${highest}); then every INSERT fails.`,
          advice:
            column === null
              ? 'Make it a bigint sequence.'
              : `Change ${column} and its sequence to bigint while there is time.`,
        };
      }),
    ...(invisible > 0 && { withheld: `${invisible} sequences that the role may not read.` }),
  };
}

/** Sequences near their end. */
export const sequencesCheck: HealthCheck = { name: 'sequences', check: sequences };
