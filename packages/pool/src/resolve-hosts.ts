import { DEFAULT_PORT, type Given, invalid, pick } from './setting-sources.ts';
import type { DatabaseSettings, ResolvedSettings } from './settings.ts';
import { type ParsedUrl, parsePort } from './url.ts';

/** The hosts that the URL names before its path, or those that a text lists, each with its port. */
export function readHosts(
  name: string,
  parsed: ParsedUrl | undefined,
  sources: readonly Given[],
  caller: Given,
): ResolvedSettings['hosts'] {
  const ports = (caller.port === undefined ? undefined : [caller.port]) ??
    sources.find((source) => source.ports !== undefined)?.ports ?? [DEFAULT_PORT];
  if (!ports.every((port) => Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw invalid(name, 'port must be a whole number from 1 to 65535');
  const isInAuthority =
    !caller.host && parsed !== undefined && parsed.hosts.length > 0 && !parsed.parameters.has('host');
  const listed = (pick('host', sources) ?? 'localhost')
    .split(',')
    .map((host) => ({ host, port: parsed?.hosts[0]?.port }));
  const hosts = isInAuthority ? parsed.hosts : listed;
  // As in libpq what stands behind "?" wins over what stands before it.
  const hasPortParameter = Boolean(parsed?.parameters.get('port'));
  if (ports.length !== 1 && ports.length !== hosts.length)
    throw invalid(
      name,
      `${ports.length} ports are given for ${hosts.length} hosts; give one port for all or one for each`,
    );
  return hosts.map(({ host, port }, index) => ({
    host: host || 'localhost',
    port: caller.port ?? (hasPortParameter ? undefined : port) ?? ports[index] ?? ports[0] ?? DEFAULT_PORT,
  }));
}

/** Where the replicas are. */
export function readReplicas({ name, replicas }: DatabaseSettings, primaryPort: number): ResolvedSettings['replicas'] {
  if (replicas === undefined) return [];
  if (!Array.isArray(replicas)) throw invalid(name, 'replicas must be a list of { host, port }');
  return replicas.map((replica: unknown) => {
    const {
      host,
      port = primaryPort,
      ...unknown
    } = typeof replica === 'object' && replica !== null ? (replica as Record<string, unknown>) : {};
    if (typeof host !== 'string' || host === '' || host.includes('\0') || Object.keys(unknown).length > 0) {
      throw invalid(name, 'each of the replicas must be { host, port } with a host');
    }
    if (typeof port !== 'number' || parsePort(String(port)) === undefined)
      throw invalid(name, 'the port of a replica must be a whole number from 1 to 65535');
    return { host, port };
  });
}
