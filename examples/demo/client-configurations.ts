/** What to paste where. */
export interface ClientConfiguration {
  readonly title: string;
  readonly text: string;
}

const DATABASE_URL = 'postgresql://assistant:password@localhost:5432/shop';

/**
 * Configurations of the usual clients for a server built in this checkout.
 *
 * @param node path of the Node that runs it
 * @param server path of the built server
 */
export function clientConfigurations(node: string, server: string): readonly ClientConfiguration[] {
  const entry = { command: node, args: [server], env: { DATABASE_URL } };
  const mcpServers = JSON.stringify({ mcpServers: { pgmcp: entry } }, null, 2);
  const vsCode = {
    inputs: [{ type: 'promptString', id: 'database-url', description: 'PostgreSQL connection URL', password: true }],
    servers: { pgmcp: { type: 'stdio', ...entry, env: { DATABASE_URL: `\${input:database-url}` } } },
  };
  return [
    { title: 'Claude Desktop: claude_desktop_config.json (Settings > Developer > Edit Config)', text: mcpServers },
    {
      title: 'Claude Code: run this in a terminal',
      text: `claude mcp add pgmcp -e DATABASE_URL=${DATABASE_URL} -- ${quoteWord(node)} ${quoteWord(server)}`,
    },
    { title: 'VS Code: .vscode/mcp.json', text: JSON.stringify(vsCode, null, 2) },
    { title: 'Cursor: .cursor/mcp.json', text: mcpServers },
  ];
}

function quoteWord(word: string): string {
  return /^[\w./:@-]+$/.test(word) ? word : `"${word}"`;
}
