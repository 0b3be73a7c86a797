import { redacted, withoutKnownSecrets } from './known-secrets.ts';

/** Words that name a secret when they are a key, a parameter or a field. */
const secretWord =
  'pass(?:word|wd|phrase)|pwd|secret|api[_-]?key|apikey|(?:access|refresh|auth|id)[_-]?token|token|authorization|proxy-authorization|cookie|private[_-]?key|connection[_-]?string|database[_-]?url';

const quotedOrPlain = `"(?:[^"\\\\]|\\\\.)*"?|'(?:[^'\\\\]|\\\\.|'')*'?|[^\\s,;&)}\\]]+`;

/** Each pattern keeps what tells a person which secret was there. The order matters: addresses before their parts. */
const patterns: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\bpostgres(?:ql)?:\/\/[^\s"'<>`]+/gi, `postgresql://${redacted}`],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/"'<>`@]+(?:@[^\s/"'<>`@]+)*@/gi, `$1${redacted}@`],
  [/\b(bearer)\s+[A-Za-z0-9._~+/=-]{6,}/gi, `$1 ${redacted}`],
  [/\b(basic)\s+[A-Za-z0-9+/=]{16,}/gi, `$1 ${redacted}`],
  [/\b(?:sk|pk|rk)-[A-Za-z0-9_-]{6,}/g, redacted],
  // Without its second part it is none, and is taken all the same: a look back at each `eyJ` would take quadratic time.
  [/\beyJ[\w-]{8,}(?:\.[\w-]{8,}(?:\.[\w-]*)?)?/g, redacted],
  [
    new RegExp(`((?:^|[^a-z])(?:pg|ssl)?(?:${secretWord})["']?\\s*(?:=|:)\\s*)(?:${quotedOrPlain})`, 'gi'),
    `$1${redacted}`,
  ],
  // ALTER ROLE reader PASSWORD '...'
  [/\b(password\s+)'(?:[^']|'')*'?/gi, `$1'${redacted}'`],
];

const secretKey = new RegExp(`^(?:pg|ssl)?_?(?:${secretWord})$|(?:password|secret|apikey|api_key|token)$`, 'i');

/** Whether a field of this name holds a secret whatever its content looks like. */
export function isSecretKey(key: string): boolean {
  return secretKey.test(key) && !/tokens$/i.test(key);
}

/**
 * Takes secrets out of a text that is about to leave the process: those that this process was given, and whatever has the
 * form of a connection string, a password, a bearer token or an API key. It is a net below the rule that secrets never get
 * into messages, not its replacement.
 *
 * @param text - an error message or a log line
 * @returns the text with `[redacted]` in the place of each secret
 */
export function redact(text: string): string {
  let result = withoutKnownSecrets(text);
  for (const [pattern, replacement] of patterns) result = result.replace(pattern, replacement);
  return result;
}
