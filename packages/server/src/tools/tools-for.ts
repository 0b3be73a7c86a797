import type { Services } from '../services.ts';
import type { Tool } from './define-tool.ts';
import { TOOLS } from './index.ts';
import { toolsetsOf } from './toolset.ts';

/**
 * The tools that a server has: the one place that decides it, by the setting `server.toolsets` and by what each tool says of
 * its own availability. The list does not depend on the caller: a call without the scope is refused when it is made, so that
 * a client can ask its user for more.
 *
 * @param name only the tool of this name, where there is one
 */
export function toolsFor(services: Services, name?: string): readonly Tool[] {
  const toolsets = toolsetsOf(services.configuration.server.toolsets);
  const candidates = name === undefined ? TOOLS : TOOLS.filter((tool) => tool.name === name);
  return candidates.filter(({ toolset, available }) => toolsets.has(toolset) && (available?.(services) ?? true));
}
