import {
  acceptedFunctions,
  functionOutputs,
  operators,
  refusedFunctions,
  relations,
  types,
} from './builtins.generated.ts';
import type { FunctionRefusalReason } from './functions/refusal-reasons.ts';

/** First and last major that knows a name. The newest generated major stands for all later ones. */
interface Span {
  readonly first: number;
  readonly last: number;
}

function readSpans(table: Readonly<Record<string, string>>): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  const newest = Math.max(...Object.keys(table).map((span) => Number(span.split('-')[1])));
  for (const [span, names] of Object.entries(table)) {
    const [first = 0, last = 0] = span.split('-').map(Number);
    // 13 and older are judged by the oldest generated list: what it lacks there is an error of the server, not a call.
    const value = { first: first === 14 ? 0 : first, last: last === newest ? Number.POSITIVE_INFINITY : last };
    for (const name of names.split(' ')) spans.set(name, value);
  }
  return spans;
}

const accepted = readSpans(acceptedFunctions);
const refused: ReadonlyMap<string, FunctionRefusalReason> = new Map(
  Object.entries(refusedFunctions).flatMap(([reason, names]) =>
    names.split(' ').map((name) => [name, reason as FunctionRefusalReason] as const),
  ),
);
const outputs: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(functionOutputs).map(([name, columns]) => [name, new Set(columns.split(' '))]),
);
const typeSpans = readSpans(types);
const operatorSpans = readSpans(operators);
const relationSpans = readSpans(relations);

// Asked for every table: the name must not be put together first.
const relationsBySchema = new Map<string, Set<string>>();
for (const qualified of relationSpans.keys()) {
  const [schema = '', name = ''] = qualified.split('.');
  relationsBySchema.set(schema, (relationsBySchema.get(schema) ?? new Set()).add(name));
}

const within = (span: Span | undefined, major: number): boolean =>
  span !== undefined && span.first <= major && major <= span.last;

const elementOf = (name: string): string =>
  name.startsWith('_') && typeSpans.has(name.slice(1)) ? name.slice(1) : name;

/** What PostgreSQL itself brings, as generated from `pg_catalog` of each major. */
export const builtins = {
  /** `accepted`, `newer` (accepted, but this server does not have it), a reason for refusal, or undefined: not PostgreSQL's own. */
  functionStatus(name: string, major: number): 'accepted' | 'newer' | FunctionRefusalReason | undefined {
    const span = accepted.get(name);
    if (within(span, major)) return 'accepted';
    return refused.get(name) ?? (span ? 'newer' : undefined);
  },
  /** Names that a server of this major accepts. */
  acceptedNames: (major: number): readonly string[] =>
    [...accepted].flatMap(([name, span]) => (within(span, major) ? [name] : [])),
  isFunction: (name: string): boolean => accepted.has(name) || refused.has(name),
  /** Names of the columns that a function returns; `?` among them: an overload returns one value without a name. */
  functionOutputs: (name: string): ReadonlySet<string> | undefined => outputs.get(name),
  hasType: (name: string, major: number): boolean => within(typeSpans.get(elementOf(name)), major),
  isType: (name: string): boolean => typeSpans.has(elementOf(name)),
  /** `text` for `_text`, which is how the catalog calls an array of it; other names as they are. */
  elementOf,
  hasOperator: (name: string, major: number): boolean => within(operatorSpans.get(name), major),
  isOperator: (name: string): boolean => operatorSpans.has(name),
  /** A relation of `pg_catalog` or `information_schema`. */
  hasRelation: (schema: string, name: string): boolean => relationsBySchema.get(schema)?.has(name) === true,
  relationNames: (): IterableIterator<string> => relationSpans.keys(),
};
