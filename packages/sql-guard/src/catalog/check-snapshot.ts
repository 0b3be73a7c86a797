import { GuardError } from '../errors.ts';
import type { CatalogSnapshot } from './snapshot.ts';

/** What the items of a list must hold: words by name, words of a closed set, yes or no, and lists of further items. */
interface ItemShape {
  readonly texts?: readonly string[];
  readonly words?: Readonly<Record<string, readonly string[]>>;
  readonly flags?: readonly string[];
  readonly lists?: Readonly<Record<string, ItemShape | 'texts'>>;
}

const column: ItemShape = { texts: ['name', 'typeSchema', 'typeName'] };
const named = ['schema', 'name'];

const snapshotShape: ItemShape = {
  texts: ['fingerprint'],
  lists: {
    searchPath: 'texts',
    relations: {
      texts: named,
      words: { kind: ['table', 'partitioned-table', 'view', 'materialized-view', 'foreign-table', 'sequence'] },
      lists: { columns: column, parents: { texts: named } },
    },
    functions: {
      texts: named,
      words: {
        kind: ['function', 'procedure', 'aggregate', 'window'],
        volatility: ['immutable', 'stable', 'volatile'],
      },
      flags: ['securityDefiner', 'changesSettings'],
      lists: { argumentTypes: 'texts' },
    },
    operators: { texts: [...named, 'functionSchema', 'functionName'] },
    casts: { texts: ['sourceSchema', 'sourceName', 'targetSchema', 'targetName'] },
    types: {
      texts: named,
      words: { kind: ['enum', 'domain', 'composite', 'range', 'multirange', 'base'] },
    },
  },
};

function problemOf(value: unknown, shape: ItemShape | 'texts', where: string): string | undefined {
  if (shape === 'texts') return typeof value === 'string' ? undefined : `${where} must be a text`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${where} must be an object`;
  const item = value as Readonly<Record<string, unknown>>;
  for (const name of shape.texts ?? [])
    if (typeof item[name] !== 'string' || item[name] === '') return `${where}.${name} must be a text`;
  for (const [name, words] of Object.entries(shape.words ?? {}))
    if (!words.includes(item[name] as string)) return `${where}.${name} must be one of ${words.join(', ')}`;
  for (const name of shape.flags ?? [])
    if (typeof item[name] !== 'boolean') return `${where}.${name} must be true or false`;
  return problemInLists(item, shape.lists ?? {}, where);
}

function problemInLists(
  item: Readonly<Record<string, unknown>>,
  lists: NonNullable<ItemShape['lists']>,
  where: string,
): string | undefined {
  for (const [name, shape] of Object.entries(lists)) {
    const list = item[name];
    if (!Array.isArray(list)) return `${where}.${name} must be a list`;
    for (let index = 0; index < list.length; index += 1) {
      const problem = problemOf(list[index], shape, `${where}.${name}[${index}]`);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

const sound = new WeakSet<object>();

/**
 * Checks the shape of a catalog, once for each: what is missing in it would be taken for harmless.
 *
 * @param where how the caller gave it: `catalog`, `context.catalog`.
 * @throws {@link GuardError} `INVALID_OPTIONS` with the place and what belongs there.
 */
export function checkSnapshot(value: unknown, where: string): asserts value is CatalogSnapshot {
  if (typeof value === 'object' && value !== null && sound.has(value)) return;
  const problem = problemOf(value, snapshotShape, where);
  if (problem !== undefined) {
    throw new GuardError(
      'INVALID_OPTIONS',
      `${problem}. A catalog is a CatalogSnapshot, plain data such as readCatalogSnapshot() gives.`,
    );
  }
  sound.add(value as object);
}
