import { normalizePhrase } from '../link/value-index.ts';
import type { SchemaSlice } from '../ports.ts';
import type { ContextPack, DescribedName, NamedSql } from './context-pack.ts';

const mentions = (question: string, { synonyms = [] }: DescribedName): boolean => {
  const asked = ` ${normalizePhrase(question)} `;
  return synonyms.some((synonym) => asked.includes(` ${normalizePhrase(synonym)} `));
};

/**
 * The question with the names behind the synonyms it uses, for linking: a schema knows `customers`, people say clients.
 * Tables of a metric or a filter that is named are not added: its SQL shows them.
 */
export function expandQuestion(question: string, { tables = {} }: ContextPack): string {
  const names = Object.entries(tables).flatMap(([table, { columns = {}, ...own }]) => [
    ...(mentions(question, own) ? [table] : []),
    ...Object.entries(columns).flatMap(([column, described]) =>
      mentions(question, described) ? [`${table} ${column}`] : [],
    ),
  ]);
  return [question, ...names].join(' ');
}

/** What the file says about the tables of a slice, with its metrics, filters, joins and instructions, as text of the prompt. */
export function renderContext(pack: ContextPack, slice: SchemaSlice): string {
  const shown = new Set(slice.tables.flatMap(({ schema, name }) => [name, `${schema}.${name}`]));
  const tables = Object.entries(pack.tables ?? {})
    .filter(([name]) => shown.has(name))
    .flatMap(([name, { columns = {}, ...own }]) => [
      ...line(name, own),
      ...Object.entries(columns).flatMap(([column, described]) => line(`${name}.${column}`, described)),
    ]);
  const joins = (pack.joins ?? []).map(
    ({ from, to, note }) => `${from} = ${to}${note === undefined ? '' : `: ${note}`}`,
  );
  return [
    section('Names', tables),
    section('Metrics, to be used as they are', (pack.metrics ?? []).map(named)),
    section('Conditions, to be used as they are', (pack.filters ?? []).map(named)),
    section('Approved joins', joins),
    section('Instructions', pack.instructions ?? []),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}:\n${lines.map((text) => `- ${text}`).join('\n')}`;

const alsoCalled = (synonyms: readonly string[] | undefined): string =>
  synonyms === undefined || synonyms.length === 0 ? '' : ` (also: ${synonyms.join(', ')})`;

const line = (name: string, { description, synonyms }: DescribedName): string[] =>
  description === undefined && alsoCalled(synonyms) === ''
    ? []
    : [`${name}${alsoCalled(synonyms)}${description === undefined ? '' : `: ${description}`}`];

const named = ({ name, sql, ...described }: NamedSql): string => `${line(name, described)[0] ?? name} = ${sql}`;

/** The approved joins in the form in which equations of a statement are compared: both orders, without schemas. */
export function approvedPairs({ joins = [] }: ContextPack): ReadonlySet<string> {
  const last = (side: string): string => side.split('.').slice(-2).join('.');
  return new Set(joins.flatMap(({ from, to }) => [`${last(from)}=${last(to)}`, `${last(to)}=${last(from)}`]));
}
