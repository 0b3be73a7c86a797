import { z } from 'zod';
import type { ConfigurationProblem } from './configuration-error.ts';
import { describeValue } from './describe-value.ts';
import { allSettings } from './schema.ts';
import { databaseSchema, type WrittenDatabase } from './sections/databases.ts';
import { sectionList } from './sections/index.ts';
import type { Section } from './source.ts';

/** Settings that are each valid, with their defaults; durations in milliseconds. */
export interface ParsedSettings {
  readonly databases: readonly WrittenDatabase[];
  /** By name of the section, as its schema gives it. */
  readonly sections: ReadonlyMap<string, unknown>;
}

const databaseList = z.array(databaseSchema);

/** These schemas are asked once or twice in the life of a process; compiling them costs more than they take. */
const ONCE = { jitless: true } as const;

const values = (section: Section | undefined): Record<string, unknown> =>
  Object.fromEntries([...(section ?? [])].map(([name, { value }]) => [name, value]));

/** Gives the flat keys of a database, `security.mode`, the mappings that its schema has. */
function nested(flat: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const inner = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(flat)) {
    const dot = name.indexOf('.');
    if (dot === -1) result[name] = value;
    else inner.set(name.slice(0, dot), { ...inner.get(name.slice(0, dot)), [name.slice(dot + 1)]: value });
  }
  for (const [name, members] of inner) result[name] = nested(members);
  return result;
}

/** Checks each value by itself; `undefined` when one is not valid, the problems told. */
export function parseValues(
  sections: ReadonlyMap<string, Section>,
  databases: readonly Section[],
  problems: ConfigurationProblem[],
): ParsedSettings | undefined {
  const problemsBefore = problems.length;
  const list = databaseList.safeParse(
    databases.map((database) => nested(values(database))),
    ONCE,
  );
  for (const { path, ...issue } of list.error?.issues ?? []) {
    report(issue, 'databases', path.slice(1).join('.'), databases[Number(path[0])], problems);
  }
  const parsed = new Map(
    sectionList.map(([name, { schema, nested = {} }]) => {
      const inner = Object.keys(nested).map((key) => [key, values(sections.get(`${name}.${key}`))]);
      const result = schema.safeParse({ ...values(sections.get(name)), ...Object.fromEntries(inner) }, ONCE);
      for (const { path, ...issue } of result.error?.issues ?? []) {
        const section = [name, ...path.slice(0, -1)].join('.');
        report(issue, section, String(path.at(-1)), sections.get(section), problems);
      }
      return [name, result.data];
    }),
  );
  if (!list.success || problems.length > problemsBefore) return undefined;
  return { databases: list.data, sections: parsed };
}

interface Issue {
  readonly code?: string | undefined;
  readonly message: string;
  readonly params?: unknown;
}

function report(
  { code, message, params }: Issue,
  section: string,
  name: string,
  written: Section | undefined,
  problems: ConfigurationProblem[],
): void {
  const found = written?.get(name);
  const setting = allSettings.find((candidate) => candidate.section === section && candidate.name === name);
  const cure = code === 'custom' && isCure(params) ? ` ${params.cure}` : '';
  const actual = describeValue(found?.value, setting === undefined || setting.secret === true);
  problems.push({
    key: found?.source.key ?? `${section}.${name}`,
    source: found?.source.place ?? 'default',
    message: `It must be ${message}, but it is ${actual}.${cure}`,
  });
}

const isCure = (params: unknown): params is { readonly cure: string } =>
  typeof params === 'object' && params !== null && 'cure' in params && typeof params.cure === 'string';
