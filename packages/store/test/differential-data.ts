import fc from 'fast-check';
import type { FieldDeclaration } from '../src/index.ts';

/** The fields that random documents have and random filters name. */
export const FIELDS: Record<string, FieldDeclaration> = {
  n: { type: 'number' },
  s: { type: 'string' },
  b: { type: 'boolean' },
  d: { type: 'date' },
  j: { type: 'json' },
  deep: { type: 'number', path: ['o', 'n"\'\\{},'] },
  label: { type: 'string', in: 'metadata' },
};

const texts = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'ab',
    'A',
    '%',
    '_',
    '\\',
    'a%b',
    'null',
    '9',
    '10',
    'é',
    'e\u0301',
    '\u{1F600}',
    '\uFFFD',
    '\uD7FF',
    "'",
    '"',
    '{}',
  ),
  fc.string({ unit: 'grapheme', maxLength: 4 }).map((text) => text.replaceAll('\u0000', '')),
  fc.constantFrom('x', 'y').map((end) => 'long'.repeat(80) + end),
);

const numbers = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 9, 10, 100, 0.1, 0.5, 1e21, 1e23, -1e300, 5e-324, 2 ** 53, 2 ** 53 + 2),
  fc.constantFrom(2n ** 53n + 1n, 10n ** 23n, -(10n ** 23n) + 1n, 12345678901234567890n, 9n),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -12, max: 12 }),
);

const dates = fc.constantFrom(
  '2026-01-01T00:00:00Z',
  '2026-01-01T01:00:00+01:00',
  '2025-12-31T23:59:59.999Z',
  '2025-12-31T23:59:59.9999999Z',
  '2026-01-01',
  '2024-02-29',
  '2023-02-29',
  '1900-02-29',
  '2026-13-01',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:00:00',
  '2026-01-01T00:00:00-14:59',
  '0001-01-01T00:00:00+14:00',
  '0000-01-01',
  '9999-12-31T23:59:59.999-14:00',
  '2026-01-01 00:00:00Z',
  '2026-01-01T00:00:00Z\n',
);

const scalars = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null), dates);
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small', maxDepth: 3 }, scalars, tie('array'), tie('object')),
  array: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'é', '', 'constructor'), tie('value'), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
}));

/** A record of mixed types: each field may hold its type, another, null or nothing. */
export const records = fc.record(
  {
    n: fc.oneof({ weight: 3, arbitrary: numbers }, { weight: 1, arbitrary: json }),
    s: fc.oneof({ weight: 3, arbitrary: texts }, { weight: 1, arbitrary: json }),
    b: fc.oneof({ weight: 3, arbitrary: fc.boolean() }, { weight: 1, arbitrary: json }),
    d: fc.oneof({ weight: 3, arbitrary: dates }, { weight: 1, arbitrary: json }),
    j: json,
    o: fc.oneof(
      fc.record({ 'n"\'\\{},': fc.oneof(numbers, json) }, { noNullPrototype: true }),
      fc.array(fc.record({ 'n"\'\\{},': numbers }, { noNullPrototype: true }), { maxLength: 2 }),
      json,
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);

export const labels = fc.option(texts, { nil: undefined });

const dateOperands = fc.oneof(
  fc.constantFrom(
    '2026-01-01T00:00:00Z',
    '2025-12-31T23:59:59.999Z',
    '2024-02-29',
    '0001-01-01',
    '9999-12-31T23:59:59.999Z',
  ),
  fc.constant(new Date(Date.UTC(2026, 0, 1, 14, 59))),
);

const OPERANDS = { n: numbers, deep: numbers, s: texts, label: texts, b: fc.boolean(), d: dateOperands } as const;
const patterns = texts
  .chain((text) => fc.constantFrom(text, `%${text}`, `${text}%`, `_${text}`, '%_%'))
  .map((pattern) => (/(^|[^\\])(\\\\)*\\$/.test(pattern) ? `${pattern}\\` : pattern));

const leaf = fc.oneof(
  ...Object.entries(OPERANDS).flatMap(([field, operand]) => [
    fc
      .tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte'), operand as fc.Arbitrary<unknown>)
      .map(([operator, value]) => ({ [field]: { [operator]: value } })),
    fc
      .array(fc.option(operand as fc.Arbitrary<unknown>, { nil: null, freq: 5 }), { maxLength: 3 })
      .map((values) => ({ [field]: { $in: values } })),
    fc.boolean().map((exists) => ({ [field]: { $exists: exists } })),
    fc.constant({ [field]: null }),
  ]),
  patterns.map((pattern) => ({ s: { $like: pattern } })),
  texts.map((part) => ({ s: { $contains: part } })),
  patterns.map((pattern) => ({ label: { $not: { $like: pattern } } })),
  json.map((value) => ({ j: { $eq: value } })),
  json.map((value) => ({ j: { $contains: value } })),
  fc.array(json, { maxLength: 3 }).map((values) => ({ j: { $in: values } })),
  fc.boolean().map((exists) => ({ j: { $exists: exists } })),
  fc
    .tuple(fc.constantFrom('$gt', '$lte'), fc.constantFrom('id3', 'id7'))
    .map(([operator, id]) => ({ id: { [operator]: id } })),
  fc.constantFrom(
    { version: { $gte: 1.5 } },
    { type: { $in: ['even'] } },
    { sessionId: { $exists: false } },
    { expiresAt: { $gt: new Date(0) } },
  ),
);

/** Random filters over {@link FIELDS}. */
export const filters = fc.letrec<{ filter: object }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    leaf,
    fc.array(tie('filter'), { maxLength: 3 }).map((parts) => ({ $and: parts })),
    fc.array(tie('filter'), { maxLength: 3 }).map((parts) => ({ $or: parts })),
    tie('filter').map((part) => ({ $not: part })),
    fc.tuple(leaf, tie('filter')).map(([first, rest]) => ({ ...rest, ...first })),
  ),
})).filter;
