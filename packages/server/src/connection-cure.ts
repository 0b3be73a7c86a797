/** What to do about a connection that cannot be opened, by SQLSTATE or system code. */
const CURES: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    'Check that PostgreSQL runs there and that PG_MCP_DATABASE_HOST and _PORT are right; in a container, localhost is the container itself.',
  ENOTFOUND: 'Check the name of the host (PG_MCP_DATABASE_HOST, or the URL).',
  EAI_AGAIN: 'The name of the host cannot be looked up now: check the network and the name.',
  ENOENT: 'There is no such socket: check the folder given as host.',
  ETIMEDOUT: 'Check host, port, and what stands between: a firewall that drops packets looks like this.',
  '28P01': 'Check PG_MCP_DATABASE_USER and PG_MCP_DATABASE_PASSWORD, or the URL.',
  '28000': 'Check the role and that pg_hba.conf lets it in from here, with this TLS mode.',
  '3D000': 'Check the name of the database (PG_MCP_DATABASE_DBNAME, or the end of the URL).',
  '42501': 'The role may not connect: GRANT CONNECT ON DATABASE.',
  '53300': 'Lower PG_MCP_DATABASE_MAX_POOL_SIZE, or raise max_connections on the server.',
  '57P03': 'The server is starting or stopping: try again in a moment.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Name the certificate authority in PG_MCP_DATABASE_SSL_ROOT_CERT.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Name the server’s certificate in PG_MCP_DATABASE_SSL_ROOT_CERT.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Name the certificate authority in PG_MCP_DATABASE_SSL_ROOT_CERT.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Use the host name that the certificate was issued for.',
  CERT_HAS_EXPIRED: 'Renew the certificate of the server.',
};

/** What the driver says of a server without TLS; it gives no code. */
const NO_TLS = 'The server does not support SSL connections';
const NO_TLS_CURE =
  'Switch TLS on at the server (ssl = on), or set PG_MCP_DATABASE_SSL_MODE to prefer where the network is trusted.';

/** The cure for the first code along an error's causes that has one. */
export function connectionCure(error: unknown): string | undefined {
  // With sslMode prefer both ways fail, and the code of the second says why.
  return cureByCode(error) ?? (error instanceof Error && error.message.includes(NO_TLS) ? NO_TLS_CURE : undefined);
}

function cureByCode(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = 'code' in current ? String(current.code) : '';
    if (Object.hasOwn(CURES, code)) return CURES[code];
    if (current instanceof AggregateError) {
      const inner = current.errors.map(cureByCode).find((cure) => cure !== undefined);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}
