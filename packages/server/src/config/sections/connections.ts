import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { lines, toggle, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

/** A host name or an IPv4 address in lower case, or IPv6 in brackets, with a port or without. */
const hostAndPort = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/;

const connectionsSchema = z.strictObject({
  allowedHosts: setting(
    lines(
      'host names or addresses in lower case separated by commas, each with :port or meaning port 5432',
      hostAndPort,
    ),
    {
      environment: 'PG_MCP_CONNECTIONS_ALLOWED_HOSTS',
      description:
        'Servers to which callers may add connections while the server runs, with the tools of the toolset connections. Without it there are no such tools.',
      example: 'db.example.com:5432',
    },
  ),
  maxPerCaller: setting(wholeNumber(1, 100), {
    environment: 'PG_MCP_CONNECTIONS_MAX_PER_CALLER',
    description: 'Connections that one caller may have added at once.',
    default: 3,
  }),
  requireTls: setting(toggle(), {
    environment: 'PG_MCP_CONNECTIONS_REQUIRE_TLS',
    description: 'Whether connections that callers add have to verify the server by its certificate (verify-full).',
    default: true,
  }),
});

/** What callers may add while the server runs. */
export interface ConnectionsConfiguration {
  /** `host:port`, IPv6 in brackets. */
  readonly allowedHosts: readonly string[];
  readonly maxPerCaller: number;
  readonly requireTls: boolean;
}

/** Connections that callers add. */
export const connectionsSection = defineSection({
  title: 'Added connections',
  about:
    'The toolset connections, off by default: it also has to be named in `PG_MCP_SERVER_TOOLSETS`. What a caller adds exists for that caller alone, only reads, and is gone when the server ends.',
  schema: connectionsSchema,
  resolve: ({ allowedHosts = [], ...same }): ConnectionsConfiguration => ({
    ...same,
    allowedHosts: allowedHosts.map((entry) => (/:\d+$/.test(entry) ? entry : `${entry}:5432`)),
  }),
});
