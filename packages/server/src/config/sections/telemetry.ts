import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { choice, line, toggle } from '../kinds.ts';
import { setting } from '../setting.ts';

const telemetrySchema = z.strictObject({
  logSql: setting(choice(['none', 'normalized', 'raw']), {
    environment: 'PG_MCP_TELEMETRY_LOG_SQL',
    description:
      'Whether each statement is logged: not at all, with its literals as $n, or as it was written. raw puts personal data into the log.',
    default: 'none',
  }),
  logFile: setting(line('the path of a file'), {
    environment: 'PG_MCP_TELEMETRY_LOG_FILE',
    description: 'A file to which the log is appended too. Made when it is not there.',
    example: '/var/log/pgmcp/pgmcp.log',
    path: true,
  }),
  spanSql: setting(choice(['none', 'normalized']), {
    environment: 'PG_MCP_TELEMETRY_SPAN_SQL',
    description: 'Whether spans carry the statement, with its literals as $n.',
    default: 'normalized',
  }),
  sqlComments: setting(toggle(), {
    environment: 'PG_MCP_TELEMETRY_SQL_COMMENTS',
    description:
      'Whether each statement begins with a comment that names the tool and the trace, so that pg_stat_activity and the log of the database show them.',
    default: false,
  }),
});

/** What leaves the process about its work. */
export interface TelemetryConfiguration {
  readonly logSql: 'none' | 'normalized' | 'raw';
  /** Absolute path. */
  readonly logFile?: string;
  readonly spanSql: 'none' | 'normalized';
  readonly sqlComments: boolean;
}

/** Logs and traces. */
export const telemetrySection = defineSection({
  title: 'Telemetry',
  about: 'Logs and traces. Neither holds rows or parameters, whatever is set here.',
  schema: telemetrySchema,
  resolve: ({ logFile, ...same }): TelemetryConfiguration => ({ ...same, ...(logFile !== undefined && { logFile }) }),
});
