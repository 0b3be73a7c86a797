import { z } from 'zod';
import { askDatabase } from '../../advice/ask-database.ts';
import { checkHealth, HEALTH_CHECKS } from '../../advice/health/check-health.ts';
import { UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput } from '../inputs.ts';

const checkName = z.enum(HEALTH_CHECKS.map(({ name }) => name) as [string, ...string[]]);

/** Looks over one database and says what is wrong or will be. */
export const analyzeDatabaseHealth = defineTool({
  name: 'analyze_database_health',
  title: 'Analyze database health',
  description:
    'Looks for what slows or stops a database: unused, duplicate, invalid indexes, bloat, vacuum, wraparound, cache, ' +
    'connections, locks, sequences, replication. Says what it cannot judge. Changes nothing.',
  input: z.strictObject({
    checks: z.array(checkName).min(1).max(HEALTH_CHECKS.length).optional().describe('Default: all.'),
    database: databaseInput,
  }),
  output: z.object({
    database: z.string(),
    status: z.enum(['ok', 'notice', 'warning', 'critical']),
    findings: z.array(
      z.object({
        check: z.string(),
        severity: z.enum(['critical', 'warning', 'notice']),
        object: z.string().optional(),
        message: z.string(),
        advice: z.string().optional(),
      }),
    ),
    withheld: z.array(z.object({ check: z.string(), reason: z.string() })),
    clean: z.array(z.string()),
    notice: z.string(),
  }),
  annotations: READS_ONLY,
  toolset: 'advice',
  // It shows the whole database, whatever tables the caller may read.
  scope: 'db:admin',
  async run({ checks, database }, { services, call }) {
    const connected = services.databases.resolve(database);
    const ask = askDatabase(connected, await connected.sessionOf(call.caller), call.signal);
    const wanted = checks === undefined ? HEALTH_CHECKS : HEALTH_CHECKS.filter(({ name }) => checks.includes(name));
    const report = await checkHealth(ask, wanted, (check) => call.progress(`checking ${check}`));
    return {
      database: connected.name,
      ...report,
      findings: [...report.findings],
      withheld: [...report.withheld],
      clean: [...report.clean],
      notice: UNTRUSTED_TEXT_NOTICE,
    };
  },
});
