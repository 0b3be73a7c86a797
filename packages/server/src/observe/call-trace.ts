import {
  type Context,
  createTraceState,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TraceFlags,
  trace,
} from '@opentelemetry/api';
import type { PgmcpError } from '../errors.ts';
import { VERSION } from '../version.ts';

/** The trace that a call belongs to. Without a tracing SDK nothing is recorded, and the ids of the client are passed on. */
export interface CallTrace {
  /** 32 hexadecimal digits; absent when neither the client nor an SDK began a trace. */
  readonly traceId?: string;
  /** As in the header `traceparent`. */
  readonly traceparent?: string;
  /** The parent of the spans of the call's statements. */
  readonly context: Context;
  end(failure: PgmcpError | undefined): void;
}

/** What a call's span says. */
export interface CallTraceParts {
  /** `tools/call`, `resources/read`, `pgmcp/command`. */
  readonly method: string;
  /** The tool, or what stands for it. */
  readonly name: string;
  /** `tcp` for HTTP, `pipe` for standard input and output. */
  readonly transport: 'tcp' | 'pipe';
  /** `_meta.traceparent` of the request, or the header: from outside, so it is checked. */
  readonly traceparent?: unknown;
  /** `_meta.tracestate` or the header; passed on with the trace, never read. */
  readonly tracestate?: unknown;
  /** The id of the JSON-RPC request. */
  readonly requestId?: string;
}

const traceparentForm = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Begins the SERVER span of a call, under the trace of its client when that names one. */
export function startCallTrace({
  method,
  name,
  transport,
  traceparent,
  tracestate,
  requestId,
}: CallTraceParts): CallTrace {
  const span = trace.getTracer('pgmcp', VERSION).startSpan(
    `${method} ${name}`,
    {
      kind: SpanKind.SERVER,
      attributes: {
        'mcp.method.name': method,
        'gen_ai.tool.name': name,
        ...(method === 'tools/call' && { 'gen_ai.operation.name': 'execute_tool' }),
        'network.transport': transport,
        ...(requestId !== undefined && { 'jsonrpc.request.id': requestId }),
      },
    },
    parentOf(traceparent, tracestate),
  );
  const context = trace.setSpan(ROOT_CONTEXT, span);
  const spanContext = span.spanContext();
  const ids = isSpanContextValid(spanContext)
    ? {
        traceId: spanContext.traceId,
        traceparent: `00-${spanContext.traceId}-${spanContext.spanId}-${spanContext.traceFlags.toString(16).padStart(2, '0')}`,
      }
    : {};
  return { ...ids, context, end: (failure) => endCallSpan(span, failure) };
}

function endCallSpan(span: Span, failure: PgmcpError | undefined): void {
  if (failure) {
    // The message may quote what a caller wrote; the code is from a closed list.
    span.setStatus({ code: SpanStatusCode.ERROR, message: failure.code });
    span.setAttributes({ 'error.type': 'tool_error', 'pgmcp.error.code': failure.code });
  }
  span.end();
}

/** Most characters of a `tracestate` that are passed on: what W3C Trace Context asks of everybody. */
const MAX_TRACESTATE = 512;

function parentOf(traceparent: unknown, tracestate: unknown): Context {
  const [, traceId, spanId, flags] = (typeof traceparent === 'string' && traceparentForm.exec(traceparent)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceState =
    typeof tracestate === 'string' && tracestate.length <= MAX_TRACESTATE ? createTraceState(tracestate) : undefined;
  const spanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) as TraceFlags,
    isRemote: true,
    ...(traceState && { traceState }),
  };
  return isSpanContextValid(spanContext) ? trace.setSpanContext(ROOT_CONTEXT, spanContext) : ROOT_CONTEXT;
}
