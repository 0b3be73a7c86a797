import { isIP } from 'node:net';
import { z } from 'zod';
import { SCOPES, type Scope } from '../../call.ts';
import { defineSection } from '../define-section.ts';
import { choice, line, lines, secretText, toggle, webAddress } from '../kinds.ts';
import type { Secret } from '../secret.ts';
import { setting } from '../setting.ts';

/** Signatures that need a private key: with a shared secret anybody who can verify could sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const MIN_SECRET_BYTES = 32;

const claimName = () => line('the name of a claim', /^[\w.:/-]{1,128}$/);
const headerName = () => line('the name of a header in lower case', /^[a-z0-9-]{1,64}$/);

const isNetwork = (word: string): boolean => {
  const [address = '', bits, ...rest] = word.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128);
};

const authSchema = z.strictObject({
  issuer: setting(webAddress(), {
    environment: 'PG_MCP_AUTH_ISSUER',
    description: 'The OAuth authorization server whose access tokens are taken, exactly as its tokens name it in iss.',
    example: 'https://login.example.com',
  }),
  audience: setting(line('an address or an identifier without spaces', /^[^\s\p{Cc}]{1,500}$/u), {
    environment: 'PG_MCP_AUTH_AUDIENCE',
    description:
      'What aud of a token must name: the address of this server, or what the issuer calls it. Without it: http.publicUrl with /mcp.',
    example: 'https://pgmcp.example.com/mcp',
  }),
  jwksUrl: setting(webAddress(), {
    environment: 'PG_MCP_AUTH_JWKS_URL',
    description: 'Where the keys of the issuer are. Without it: what the metadata of the issuer says.',
    example: 'https://login.example.com/jwks',
  }),
  algorithms: setting(
    lines(`some of ${ALGORITHMS.join(', ')}`, /^\w{5}$/, (word) => ALGORITHMS.includes(word)),
    {
      environment: 'PG_MCP_AUTH_ALGORITHMS',
      description: 'Signatures that are taken. Only asymmetric ones exist here.',
      default: 'RS256, PS256, ES256, EdDSA',
    },
  ),
  tokenType: setting(choice(['at+jwt', 'jwt']), {
    environment: 'PG_MCP_AUTH_TOKEN_TYPE',
    description:
      'What typ of a token must say. at+jwt is the standard (RFC 9068); jwt for issuers that do not follow it, such as Entra ID: there only the audience tells an access token from another token.',
    default: 'at+jwt',
  }),
  tenantClaim: setting(claimName(), {
    environment: 'PG_MCP_AUTH_TENANT_CLAIM',
    description: 'The claim that names the tenant of a caller.',
    default: 'tenant',
  }),
  roleClaim: setting(claimName(), {
    environment: 'PG_MCP_AUTH_ROLE_CLAIM',
    description:
      'The claim that names the database role of a caller; it counts only where roles of the database lists it.',
    example: 'db_role',
  }),
  databasesClaim: setting(claimName(), {
    environment: 'PG_MCP_AUTH_DATABASES_CLAIM',
    description:
      'The claim that lists the databases of a caller, as a list or separated by spaces. A token without it has none.',
    example: 'databases',
  }),
  claims: setting(lines('names of claims separated by commas', /^[\w.:/-]{1,128}$/), {
    environment: 'PG_MCP_AUTH_CLAIMS',
    description: 'Further claims that row-level security may look at. Callers can read them.',
    example: 'region',
  }),
  apiKeys: setting(toggle(), {
    environment: 'PG_MCP_AUTH_API_KEYS',
    description: 'Whether keys made with "pgmcp-http keys create" are taken. They live in the store.',
    default: false,
  }),
  trustedProxyCidrs: setting(
    lines('networks such as 10.1.0.0/16 separated by commas', /^[0-9A-Fa-f.:]{2,45}\/\d{1,3}$/, isNetwork),
    {
      environment: 'PG_MCP_AUTH_TRUSTED_PROXY_CIDRS',
      description:
        'Networks of proxies that log callers in and name them in headers. The address of the connection counts, never X-Forwarded-For.',
      example: '10.1.0.0/16',
    },
  ),
  trustedProxySecret: setting(secretText(), {
    environment: 'PG_MCP_AUTH_TRUSTED_PROXY_SECRET',
    description: 'What such a proxy must send in x-pgmcp-proxy-secret, at least 32 bytes.',
    secret: true,
  }),
  userHeader: setting(headerName(), {
    environment: 'PG_MCP_AUTH_USER_HEADER',
    description: 'The header of a trusted proxy that names the caller.',
    default: 'x-rls-user-id',
  }),
  tenantHeader: setting(headerName(), {
    environment: 'PG_MCP_AUTH_TENANT_HEADER',
    description: 'The header of a trusted proxy that names the tenant.',
    default: 'x-rls-tenant-id',
  }),
  roleHeader: setting(headerName(), {
    environment: 'PG_MCP_AUTH_ROLE_HEADER',
    description: 'The header of a trusted proxy that names the database role.',
    default: 'x-rls-role',
  }),
  trustedProxyScopes: setting(
    lines(`some of ${SCOPES.join(', ')}`, /^db:\w{4,5}$/, (word) => (SCOPES as readonly string[]).includes(word)),
    {
      environment: 'PG_MCP_AUTH_TRUSTED_PROXY_SCOPES',
      description: 'What callers of a trusted proxy may ask for.',
      default: 'db:read',
    },
  ),
});

/** Access tokens that are taken. */
export interface OAuthConfiguration {
  readonly issuer: string;
  /** Default: `http.publicUrl` with `/mcp`. */
  readonly audience?: string;
  readonly jwksUrl?: string;
  readonly algorithms: readonly string[];
  readonly tokenType: 'at+jwt' | 'jwt';
  readonly tenantClaim: string;
  readonly roleClaim?: string;
  readonly databasesClaim?: string;
  readonly claims: readonly string[];
}

/** Proxies that name callers. */
export interface TrustedProxyConfiguration {
  readonly cidrs: readonly string[];
  readonly secret: Secret;
  readonly userHeader: string;
  readonly tenantHeader: string;
  readonly roleHeader: string;
  readonly scopes: readonly Scope[];
}

/** Who may call over HTTP, and how that is known. Nothing set: everybody who reaches the loopback address. */
export interface AuthConfiguration {
  readonly oauth?: OAuthConfiguration;
  readonly apiKeys: boolean;
  readonly trustedProxy?: TrustedProxyConfiguration;
}

/** Who may call. */
export const authSection = defineSection({
  title: 'Authentication',
  about:
    'Only for `pgmcp-http`. Without an issuer, API keys or a trusted proxy nobody logs in, and the server listens on loopback only.',
  schema: authSchema,
  resolve(written, context): AuthConfiguration {
    const {
      issuer,
      audience,
      jwksUrl,
      algorithms,
      tokenType,
      tenantClaim,
      roleClaim,
      databasesClaim,
      claims = [],
      apiKeys,
    } = written;
    const { trustedProxyCidrs: cidrs = [], trustedProxySecret: secret, trustedProxyScopes } = written;
    if (issuer === undefined && (audience ?? jwksUrl) !== undefined) {
      context.problem(
        audience === undefined ? 'jwksUrl' : 'audience',
        'It is of use only with an issuer. Set auth.issuer.',
      );
    }
    if (cidrs.length > 0 !== (secret !== undefined)) {
      context.problem(
        secret === undefined ? 'trustedProxyCidrs' : 'trustedProxySecret',
        'A trusted proxy needs both its networks and its secret: an address alone can be anybody behind it.',
      );
    }
    if (secret !== undefined && Buffer.byteLength(secret.reveal()) < MIN_SECRET_BYTES) {
      context.problem(
        'trustedProxySecret',
        `It must have at least ${MIN_SECRET_BYTES} bytes. Make one with: openssl rand -base64 48.`,
      );
    }
    const { userHeader, tenantHeader, roleHeader } = written;
    return {
      apiKeys,
      ...(issuer !== undefined && {
        oauth: {
          issuer,
          algorithms,
          tokenType,
          tenantClaim,
          claims,
          ...(audience !== undefined && { audience }),
          ...(jwksUrl !== undefined && { jwksUrl }),
          ...(roleClaim !== undefined && { roleClaim }),
          ...(databasesClaim !== undefined && { databasesClaim }),
        },
      }),
      ...(secret !== undefined && {
        trustedProxy: {
          cidrs,
          secret,
          userHeader,
          tenantHeader,
          roleHeader,
          scopes: trustedProxyScopes as readonly Scope[],
        },
      }),
    };
  },
});
