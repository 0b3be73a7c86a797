import {
  type AuthMetadataOptions,
  buildOAuthProtectedResourceMetadata,
  getOAuthProtectedResourceMetadataUrl,
  oauthMetadataResponse,
} from '@modelcontextprotocol/server';
import { type AuthConfiguration, type HttpConfiguration, PgmcpError, SCOPES } from '@pgmcp/server';
import type { JWTVerifyGetKey } from 'jose';
import { issuerKeys } from './issuer-keys.ts';

/** This server as a resource of an authorization server. */
export interface OAuthResource {
  readonly keys: JWTVerifyGetKey;
  /** What tokens must be issued for. */
  readonly audience: string;
  /** The address by which clients know this server. */
  readonly resource: URL;
  readonly metadataUrl: string;
  /** Answers the metadata document (RFC 9728); `undefined` for other paths. */
  wellKnown(request: Request): Response | undefined;
}

/**
 * Describes this server to clients that have no token yet. Absent without an issuer.
 * @throws PgmcpError `VALIDATION_ERROR` without a public address; Error for an issuer over plain http on another machine.
 */
export function oauthResource(
  { oauth }: AuthConfiguration,
  { publicUrl }: HttpConfiguration,
): OAuthResource | undefined {
  if (oauth === undefined) return undefined;
  if (publicUrl === undefined) {
    throw new PgmcpError(
      'VALIDATION_ERROR',
      'Tokens are issued for an address, and clients ask for one: set http.publicUrl (PG_MCP_HTTP_PUBLIC_URL).',
    );
  }
  const resource = new URL(`${publicUrl}/mcp`);
  const { issuer } = oauth;
  const metadata: AuthMetadataOptions = {
    resourceServerUrl: resource,
    scopesSupported: [...SCOPES],
    resourceName: 'pgmcp',
    oauthMetadata: { issuer, authorization_endpoint: '', token_endpoint: '', response_types_supported: [] },
  };
  // Refused here, not with the first token.
  buildOAuthProtectedResourceMetadata(metadata);
  return {
    keys: issuerKeys(issuer, oauth.jwksUrl),
    audience: oauth.audience ?? resource.href,
    resource,
    metadataUrl: getOAuthProtectedResourceMetadataUrl(resource),
    // The issuer's own metadata are the issuer's to give.
    wellKnown: (request) =>
      new URL(request.url).pathname.startsWith('/.well-known/oauth-protected-resource')
        ? oauthMetadataResponse(request, metadata)
        : undefined,
  };
}
