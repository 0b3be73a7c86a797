import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { duration, line, lines, toggle, webAddress, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

const hostNames = 'host names in lower case separated by commas, without ports or schemes, IPv6 in brackets';

/** Any other spelling would never equal a Host header, and be of no use silently. */
const isHostName = (word: string): boolean =>
  URL.canParse(`http://${word}`) && new URL(`http://${word}`).hostname === word;

const httpSchema = z.strictObject({
  host: setting(line('a host name or an address'), {
    environment: 'PG_MCP_HTTP_HOST',
    description: 'The address that pgmcp-http listens on.',
    flag: 'host',
    default: '127.0.0.1',
  }),
  port: setting(wholeNumber(0, 65_535), {
    environment: 'PG_MCP_HTTP_PORT',
    description: 'The port that pgmcp-http listens on; 0 takes a free one.',
    flag: 'port',
    default: 3000,
  }),
  allowedHosts: setting(lines(hostNames, /^[\w.:[\]-]{1,253}$/, isHostName), {
    environment: 'PG_MCP_HTTP_ALLOWED_HOSTS',
    description: 'Values of the Host header that are served besides the loopback names, whatever the port.',
    example: 'pgmcp.example.com',
  }),
  allowedOrigins: setting(
    lines(
      'origins such as https://app.example.com, separated by commas',
      /^https?:\/\/[\w.:[\]-]{1,253}$/,
      URL.canParse,
    ),
    {
      environment: 'PG_MCP_HTTP_ALLOWED_ORIGINS',
      description:
        'Web pages that are served besides those of the loopback names, by the Origin header. Only the host name is compared: a page of the same host with another scheme or port is served too.',
      example: 'https://app.example.com',
    },
  ),
  publicUrl: setting(webAddress(), {
    environment: 'PG_MCP_HTTP_PUBLIC_URL',
    description: 'The address by which clients reach this server, without /mcp. Tokens are issued for it.',
    example: 'https://pgmcp.example.com',
  }),
  adminHost: setting(line('a host name or an address'), {
    environment: 'PG_MCP_HTTP_ADMIN_HOST',
    description:
      'The address for probes, metrics and the console. They know no login: let only probes and collectors reach it. The console answers connections from this machine alone.',
    default: '127.0.0.1',
  }),
  adminPort: setting(wholeNumber(0, 65_535), {
    environment: 'PG_MCP_HTTP_ADMIN_PORT',
    description: 'The port for them; 0 takes a free one. Without it: 9464, or a free one when that is taken.',
    flag: 'admin-port',
    example: 9464,
  }),
  sessions: setting(toggle(), {
    environment: 'PG_MCP_HTTP_SESSIONS',
    description:
      'Keep sessions for clients of 2025, which lets the server ask them questions. A balancer must then send each client to the same replica.',
    default: false,
  }),
  sessionIdle: setting(duration('10s', '24h'), {
    environment: 'PG_MCP_HTTP_SESSION_IDLE',
    description: 'A session without a call for this long is ended.',
    default: '30m',
  }),
  maxCalls: setting(wholeNumber(1, 100_000), {
    environment: 'PG_MCP_HTTP_MAX_CALLS',
    description:
      'Requests under way at most, open subscriptions not counted; another one is answered with 503 and Retry-After.',
    default: 100,
  }),
  drainDelay: setting(duration('0s', '5m'), {
    environment: 'PG_MCP_HTTP_DRAIN_DELAY',
    description:
      'How long the server goes on serving after it was asked to end and has said that it is not ready: at least two probe intervals of the balancer. Without it: 5s, on a loopback address 0s.',
    example: '5s',
  }),
  drainGrace: setting(duration('0s', '10m'), {
    environment: 'PG_MCP_HTTP_DRAIN_GRACE',
    description: 'How long calls under way may take afterwards before they are aborted.',
    default: '25s',
  }),
});

/** What `pgmcp-http` listens on and whom it answers. */
export interface HttpConfiguration {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** Without a slash at its end. */
  readonly publicUrl?: string;
  readonly adminHost: string;
  /** Absent: 9464, or a free one. */
  readonly adminPort?: number;
  readonly sessions: boolean;
  /** After this long without a request a session of a client of 2025 ends. */
  readonly sessionIdleMs: number;
  readonly maxCalls: number;
  /** Absent: as long as a balancer needs, or not at all on a loopback address. */
  readonly drainDelayMs?: number;
  /** How long calls under way have, once nothing new is accepted. */
  readonly drainGraceMs: number;
}

/** The HTTP listener. */
export const httpSection = defineSection({
  title: 'HTTP',
  about: 'Only for `pgmcp-http`.',
  schema: httpSchema,
  resolve({ allowedHosts = [], allowedOrigins = [], ...written }): HttpConfiguration {
    const { publicUrl, adminPort, sessionIdle, drainDelay, drainGrace, ...same } = written;
    return {
      ...same,
      allowedHosts,
      allowedOrigins,
      sessionIdleMs: sessionIdle,
      ...(drainDelay !== undefined && { drainDelayMs: drainDelay }),
      drainGraceMs: drainGrace,
      ...(publicUrl !== undefined && { publicUrl: publicUrl.replace(/\/+$/, '') }),
      ...(adminPort !== undefined && { adminPort }),
    };
  },
});
