import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { line, lines, wholeNumber } from '../kinds.ts';
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
});

/** What `pgmcp-http` listens on and whom it answers. */
export interface HttpConfiguration {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/** The HTTP listener. */
export const httpSection = defineSection({
  title: 'HTTP',
  about: 'Only for `pgmcp-http`.',
  schema: httpSchema,
  resolve: ({ allowedHosts = [], allowedOrigins = [], ...same }): HttpConfiguration => ({
    ...same,
    allowedHosts,
    allowedOrigins,
  }),
});
