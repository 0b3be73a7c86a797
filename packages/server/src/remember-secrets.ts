import { parseConnectionUrl } from '@pgmcp/pool';
import type { Configuration } from './config/index.ts';
import { rememberSecret } from './observe/index.ts';

/** Registers every secret of a configuration for redaction, `PGPASSWORD` of the environment included. */
export function rememberSecrets(
  { databases, openai, embeddings, rateLimit, security, store, auth, audit }: Configuration,
  environment: NodeJS.ProcessEnv = process.env,
): void {
  const { PGPASSWORD } = environment;
  if (PGPASSWORD) rememberSecret(PGPASSWORD);
  if (rateLimit.redisUrl) {
    const { password } = new URL(rateLimit.redisUrl.reveal());
    if (password !== '') rememberSecret(decodeURIComponent(password));
  }
  if (audit.key) rememberSecret(audit.key.reveal());
  if (security.hashKey) rememberSecret(security.hashKey.reveal());
  for (const model of [openai, embeddings]) if (model?.apiKey) rememberSecret(model.apiKey.reveal());
  if (auth.trustedProxy) rememberSecret(auth.trustedProxy.secret.reveal());
  for (const { identityKey } of databases) if (identityKey) rememberSecret(identityKey.reveal());
  const own = store.place.kind === 'postgresql' ? [store.place.connection] : [];
  const owner = embeddings?.owner ? [embeddings.owner] : [];
  for (const { url, password } of [...databases, ...own, ...owner]) {
    if (password) rememberSecret(password.reveal());
    if (!url) continue;
    const written = parseConnectionUrl(url.reveal());
    for (const secret of [written.password, written.parameters.get('password')]) if (secret) rememberSecret(secret);
  }
}
