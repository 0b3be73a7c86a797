import { redacted } from './known-secrets.ts';
import { isSecretKey, redact } from './redact.ts';

/** Deeper structures are cut: a log line is no dump, and a hostile value must not exhaust the stack. */
const maximumDepth = 8;
const maximumMembers = 100;
const maximumCharacters = 4_000;

/** Fields of an error that are fit to be logged. PostgreSQL's `detail` and `where` quote rows; `client` holds the password. */
const errorFields = [
  'code',
  'severity',
  'routine',
  'position',
  'status',
  'retryable',
  'retryAfterMs',
  'database',
] as const;

function scrubText(text: string): string {
  // Redacted before it is cut, since half a secret is not recognised; far more than is kept need not be read for that.
  const safe = redact(text.slice(0, 4 * maximumCharacters));
  const isCut = text.length > 4 * maximumCharacters || safe.length > maximumCharacters;
  return isCut ? `${safe.slice(0, maximumCharacters)}... (cut)` : safe;
}

function scrubError(
  error: Error,
  withStack: boolean,
  depth: number,
  seen: ReadonlySet<object>,
): Record<string, unknown> {
  const fields = Object.fromEntries(
    errorFields.flatMap((field) => {
      const value: unknown = Reflect.get(error, field);
      return value === undefined ? [] : [[field, scrubAt(value, withStack, depth + 1, seen)]];
    }),
  );
  const { cause } = error;
  return {
    type: error.name,
    message: scrubText(error.message),
    ...fields,
    ...(withStack && error.stack !== undefined ? { stack: scrubText(error.stack) } : {}),
    ...(cause === undefined ? {} : { cause: scrubAt(cause, withStack, depth + 1, seen) }),
    ...(error instanceof AggregateError
      ? {
          errors: error.errors
            .slice(0, maximumMembers)
            .map((inner: unknown) => scrubAt(inner, withStack, depth + 1, seen)),
        }
      : {}),
  };
}

function scrubAt(value: unknown, withStack: boolean, depth: number, seen: ReadonlySet<object>): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return '[circular]';
  if (depth > maximumDepth) return '[deep]';
  const inside = new Set(seen).add(value);
  if (value instanceof Error) return scrubError(value, withStack, depth, inside);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[binary]';
  if (value instanceof Map) return scrubAt(Object.fromEntries(value), withStack, depth, seen);
  if (value instanceof Set) return scrubAt([...value], withStack, depth, seen);
  if ('toJSON' in value && typeof value.toJSON === 'function')
    return scrubAt(value.toJSON(), withStack, depth + 1, inside);
  if (Array.isArray(value)) {
    return value.slice(0, maximumMembers).map((member: unknown) => scrubAt(member, withStack, depth + 1, inside));
  }
  return scrubObject(value, withStack, depth, inside);
}

function scrubObject(
  value: object,
  withStack: boolean,
  depth: number,
  seen: ReadonlySet<object>,
): Record<string, unknown> {
  const scrubbed: Record<string, unknown> = Object.create(null);
  for (const [key, member] of Object.entries(value).slice(0, maximumMembers)) {
    const hide = isSecretKey(key) && member !== null && member !== undefined && typeof member !== 'boolean';
    scrubbed[redact(key)] = hide ? redacted : scrubAt(member, withStack, depth + 1, seen);
  }
  return scrubbed;
}

/**
 * A copy of a value that may be logged: secrets by name and by form are replaced, errors become plain objects without the
 * fields that quote data, cycles and depths are cut.
 *
 * @param withStack - keep stacks of errors
 */
export function scrub(value: unknown, { withStack = false }: { readonly withStack?: boolean } = {}): unknown {
  return scrubAt(value, withStack, 0, new Set());
}

/** As `scrub`, for the fields of a log line. */
export function scrubFields(fields: object, { withStack }: { readonly withStack: boolean }): Record<string, unknown> {
  return scrubObject(fields, withStack, 0, new Set([fields]));
}
