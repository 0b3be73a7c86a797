import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Call } from '../call.ts';
import type { StatementRecord } from '../statement-record.ts';
import { VERSION } from '../version.ts';
import { redact } from './redact.ts';

/** Begins the CLIENT span of a statement; the function returned ends it. */
export function startStatementSpan(
  database: string,
  call: Call,
  withSql: boolean,
): (statement: StatementRecord) => void {
  const span = trace.getTracer('pgmcp', VERSION).startSpan('statement', { kind: SpanKind.CLIENT }, call.trace?.context);
  return ({ kind, normalized, fingerprint, rows, sqlstate, timedOut, cancelled }) => {
    const operation = kind.toUpperCase();
    const summary = `${operation} ${database}`;
    span.updateName(summary);
    span.setAttributes({
      'db.system.name': 'postgresql',
      'db.namespace': database,
      'db.operation.name': operation,
      'db.query.summary': summary,
      'db.response.returned_rows': rows,
      ...(withSql && normalized !== undefined && { 'db.query.text': redact(normalized) }),
      ...(fingerprint !== undefined && { 'pgmcp.query.fingerprint': fingerprint }),
      ...(sqlstate !== undefined && { 'db.response.status_code': sqlstate, 'error.type': sqlstate }),
      ...(timedOut && { 'error.type': 'timeout' }),
      ...(cancelled && { 'error.type': 'cancelled' }),
    });
    if (sqlstate !== undefined || timedOut || cancelled) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
}
