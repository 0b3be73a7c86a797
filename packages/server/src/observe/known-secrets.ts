/** What stands in the place of a secret. */
export const redacted = '[redacted]';

/** Shorter values would take ordinary words out of messages. */
const MIN_LENGTH = 6;

const known = new Set<string>();

/**
 * Remembers a secret that this process was given, so that it is taken out of every message and log line whatever it looks
 * like: a provider that repeats a key, or a server that repeats a password, must not make us repeat it. Kept for the life of
 * the process, since messages about a configuration may come after it.
 *
 * @param secret the value as it is; texts of fewer than six characters are not remembered
 */
export function rememberSecret(secret: string): void {
  if (secret.length < MIN_LENGTH) return;
  known.add(secret);
  const encoded = encodeURIComponent(secret);
  if (encoded !== secret) known.add(encoded);
}

/**
 * Takes a secret out of a text about it. For what a caller has given and another must not decide about: were it remembered, a caller
 * could choose a word as its password, and have that word vanish from every log line and audit record.
 */
export function withoutSecret(text: string, secret: string): string {
  if (secret.length < MIN_LENGTH) return text;
  return text.replaceAll(secret, redacted).replaceAll(encodeURIComponent(secret), redacted);
}

/** Takes every remembered secret out of a text. */
export function withoutKnownSecrets(text: string): string {
  let result = text;
  for (const secret of known) if (result.includes(secret)) result = result.replaceAll(secret, redacted);
  return result;
}
