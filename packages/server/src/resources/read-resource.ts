import {
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Call } from '../call.ts';
import { errorBody } from '../error-body.ts';
import { PgmcpError } from '../errors.ts';
import { runCall } from '../run-call.ts';
import type { Services } from '../services.ts';

/** Codes that say that the URI names nothing. */
const UNKNOWN = new Set(['UNKNOWN_DATABASE', 'VALIDATION_ERROR', 'RESULT_NOT_FOUND']);

/**
 * Reads a resource like a tool is called: limited, counted, logged. A failure is a protocol error that carries the structured
 * error in its data; a URI that names nothing is `-32602`, as the protocol wants it.
 *
 * @param work gives the text of the resource
 */
export async function readResource(
  resource: { readonly name: string; readonly uri: URL; readonly mimeType: string },
  services: Services,
  context: ServerContext,
  work: (call: Call) => Promise<string>,
): Promise<ReadResourceResult> {
  const { name, uri, mimeType } = resource;
  try {
    return {
      contents: [{ uri: uri.href, mimeType, text: await runCall(`resource:${name}`, services, context, work) }],
    };
  } catch (error) {
    const known =
      error instanceof PgmcpError ? error : new PgmcpError('INTERNAL_ERROR', 'The resource cannot be read.');
    const code = UNKNOWN.has(known.code) ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
    throw new ProtocolError(code, known.message, { error: errorBody(known) });
  }
}
