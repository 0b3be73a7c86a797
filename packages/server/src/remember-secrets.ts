import type { Configuration } from './config/index.ts';
import { rememberSecret } from './observe/index.ts';

/** What stands between the user and the last `@` of a connection URL: a password that was not percent-encoded may hold an `@`. */
const PASSWORD_IN_URL = /^[^:]*:\/\/[^:@/]*:(.*)@/s;

/** Registers every secret of a configuration for redaction. */
export function rememberSecrets({ databases, openai }: Configuration): void {
  if (openai?.apiKey) rememberSecret(openai.apiKey.reveal());
  for (const { url, password } of databases) {
    if (password) rememberSecret(password.reveal());
    const written = url && PASSWORD_IN_URL.exec(url.reveal())?.[1];
    if (!written) continue;
    rememberSecret(written);
    rememberSecret(decoded(written));
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
