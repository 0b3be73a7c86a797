import { type Caller, LOCAL_CALLER } from './call.ts';
import { nearestName } from './nearest.ts';
import { runStartedCall } from './run-call.ts';
import type { Services } from './services.ts';
import { servicesOf } from './services-of.ts';
import { startCall } from './start-call.ts';
import { callTool, type ToolResult } from './tools/call-tool.ts';
import { listedTool } from './tools/listed-schema.ts';
import { toolsFor } from './tools/tools-for.ts';
import { UserQuestion } from './tools/user-question.ts';

/** A tool as `tools/list` shows it. */
export interface ListedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly outputSchema: Readonly<Record<string, unknown>>;
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** For one call of {@link EmbeddedTools}. */
export interface EmbeddedCall {
  /** Who calls: the key of limits, history and handles. Default: the local caller, who may do what the configuration allows. */
  readonly caller?: Caller;
  /** Aborts the call, and its statement on the database server. */
  readonly signal?: AbortSignal;
  /** Told how far the call is. */
  readonly onProgress?: (message: string) => void;
}

/** The tools of pgmcp for a server of one's own, on whatever SDK: plain values in, plain values out. */
export interface EmbeddedTools {
  /** What belongs into the answer of `tools/list`. */
  list(caller?: Caller): readonly ListedTool[];
  /** Whether a name is one of these tools. */
  has(name: string, caller?: Caller): boolean;
  /**
   * Calls a tool. Never rejects: what goes wrong is a result with `isError`, fit to be shown. Tools that write answer with a preview and a
   * token, since nobody can be asked in between.
   */
  call(name: string, toolArguments: unknown, options?: EmbeddedCall): Promise<ToolResult>;
}

/** Gives the tools of `services` to a server that has tools of its own. */
export function embedTools(services: Services): EmbeddedTools {
  const toolsOf = (caller: Caller) => toolsFor(servicesOf(caller, services));
  return {
    list: (caller = LOCAL_CALLER) => toolsOf(caller).map((tool) => listedTool(tool) as unknown as ListedTool),
    has: (name, caller = LOCAL_CALLER) => toolsOf(caller).some((tool) => tool.name === name),
    async call(name, argumentsGiven, { caller = LOCAL_CALLER, signal, onProgress = () => undefined } = {}) {
      const own = servicesOf(caller, services);
      const tools = toolsFor(own);
      const tool = tools.find((candidate) => candidate.name === name);
      if (tool === undefined)
        return unknownTool(
          name,
          tools.map((known) => known.name),
        );
      const signals = [services.shutdownSignal, ...(signal === undefined ? [] : [signal])];
      const started = startCall({ tool: name, caller, signal: AbortSignal.any(signals), progress: onProgress });
      const result = await callTool(
        { tool, argumentsGiven, readAnswer: () => ({ canAsk: false }), services: own },
        (work) => runStartedCall(started, own, work),
      );
      if (result instanceof UserQuestion) throw new Error(`${name} asked although nobody can be asked.`);
      return result;
    },
  };
}

function unknownTool(name: string, known: readonly string[]): ToolResult {
  const near = nearestName(name, known);
  const message = `There is no tool ${JSON.stringify(name)}.${near === undefined ? ` Tools: ${known.join(', ')}.` : ` Did you mean ${near}?`}`;
  return {
    isError: true,
    content: [{ type: 'text', text: JSON.stringify({ error: { code: 'VALIDATION_ERROR', message } }) }],
  };
}
