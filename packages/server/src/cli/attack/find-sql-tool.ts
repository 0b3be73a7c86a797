import { PgmcpError } from '../../errors.ts';
import type { TargetTool } from './connect-target.ts';

/** Where the server under attack takes SQL. */
export interface SqlTool {
  readonly tool: string;
  readonly argument: string;
  /** Arguments that the tool requires besides. */
  readonly others: Readonly<Record<string, unknown>>;
}

const ARGUMENT_NAMES = ['sql', 'query', 'statement', 'sql_query', 'sqlquery', 'text', 'q'];
const TOOL_NAMES = /^(?:.*[_-])?(?:execute|run|read)?[_-]?(?:sql|query|statement)s?$/i;

function propertiesOf(tool: TargetTool): Readonly<Record<string, Record<string, unknown>>> {
  const { properties } = tool.inputSchema;
  return typeof properties === 'object' && properties !== null
    ? (properties as Readonly<Record<string, Record<string, unknown>>>)
    : {};
}

function argumentOf(tool: TargetTool): string | undefined {
  const texts = Object.entries(propertiesOf(tool)).filter(([, schema]) => schema['type'] === 'string');
  for (const wanted of ARGUMENT_NAMES) {
    const found = texts.find(([name]) => name.toLowerCase() === wanted);
    if (found) return found[0];
  }
  return undefined;
}

/**
 * Finds the tool that runs SQL, by the name of an argument and then by its own.
 *
 * @param chosen `--tool`, `--argument` and `--with`, which win.
 * @throws PgmcpError `VALIDATION_ERROR` with what the server offers.
 */
export function findSqlTool(
  tools: readonly TargetTool[],
  chosen: { readonly tool?: string; readonly argument?: string; readonly others?: Readonly<Record<string, unknown>> },
): SqlTool {
  const candidates = tools.filter((tool) => chosen.tool === undefined || tool.name === chosen.tool);
  const fitting = candidates.filter((tool) => chosen.argument !== undefined || argumentOf(tool) !== undefined);
  const tool = fitting.find(({ name }) => TOOL_NAMES.test(name)) ?? fitting[0];
  const argument = chosen.argument ?? (tool && argumentOf(tool));
  if (!tool || argument === undefined) {
    throw new PgmcpError(
      'VALIDATION_ERROR',
      `No tool takes SQL as far as can be told. Name it with --tool and --argument. Tools: ${tools.map(({ name }) => name).join(', ')}.`,
    );
  }
  return { tool: tool.name, argument, others: chosen.others ?? {} };
}
