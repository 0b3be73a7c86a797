import type { z } from 'zod';
import type { Call, Scope } from '../call.ts';
import type { Services } from '../services.ts';
import type { Toolset } from './toolset.ts';
import type { UserAnswer, UserQuestion } from './user-question.ts';

/** The four hints of the protocol, all stated: an absent one means the worst. Clients must not trust them, and neither do we. */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** Annotations of a tool that only reads the configured databases. */
export const READS_ONLY: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** Annotations of a tool that changes the configured databases, and may remove what is in them. */
export const MAY_REMOVE: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: false,
  openWorldHint: false,
};

/**
 * A tool as data, independent of any SDK: the binding to the protocol is `bind-tool.ts`. Schemas are made once, at module
 * scope, because an SDK server is built for every HTTP request.
 */
export interface Tool<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** `^[a-z][a-z0-9_]{0,40}$`: some clients hide every tool of a server when one name is longer or has a dot. */
  readonly name: string;
  readonly title: string;
  /** Less than 2 KB, the essential sentence first: clients cut the rest. */
  readonly description: string;
  /** A strict object: an unknown argument is an error that names the nearest known one. */
  readonly input: Input;
  /** JSON types only, no transforms: `run` returns exactly these keys. */
  readonly output: Output;
  readonly annotations: ToolAnnotations;
  /** The group it is switched on with (setting `server.toolsets`). */
  readonly toolset: Toolset;
  /** What a caller needs to be allowed. */
  readonly scope: Scope;
  /**
   * Whether a server with these services has the tool at all: what is not configured, or not allowed by the mode, is not
   * listed. Asked once for every list, so it must not connect to anything. Default: yes.
   */
  available?(services: Services): boolean;
  /**
   * Does the work, with arguments that were checked.
   * @throws PgmcpError what the caller is told; anything else is an `INTERNAL_ERROR`, its message in the log alone
   */
  run(input: z.output<Input>, context: ToolContext): Promise<z.output<Output> | UserQuestion>;
}

/** What may stand in a result beside its JSON: a picture, or the address of a resource. */
export type Attachment =
  | { readonly type: 'image'; readonly data: string; readonly mimeType: string }
  | { readonly type: 'resource_link'; readonly uri: string; readonly name: string; readonly mimeType: string };

/** What a tool may use. */
export interface ToolContext {
  /** Adds to the result what JSON cannot hold. Nothing may stand only there: some clients show their model the JSON alone. */
  attach(attachment: Attachment): void;
  readonly services: Services;
  readonly call: Call;
  /** What the person behind the client said, or whether they can be asked. */
  readonly answer: UserAnswer;
}

/** States a tool with its types inferred from its schemas. */
export function defineTool<Input extends z.ZodType, Output extends z.ZodType>(
  tool: Tool<Input, Output>,
): Tool<Input, Output> {
  return tool;
}
