import { z } from 'zod';
import { expectations } from './kinds.ts';

/** What the schema knows about one setting besides its kind: the source of error messages and of the documentation. */
export interface SettingNotes {
  /** The environment variable. */
  readonly environment: string;
  /** One or two sentences for the operator. */
  readonly description: string;
  /** The command line flag, without dashes. */
  readonly flag?: string;
  /** A value for `.env.example` and the documentation. */
  readonly example?: string | number | boolean;
  /** The content must never be shown, and may come from a file: `..._FILE` in the environment, `...File` in the file. */
  readonly secret?: true;
  /** A path; a relative one starts at the folder of the file that names it, or at the working directory. */
  readonly path?: true;
  /** A word that may stand in the place of the path. */
  readonly pathOrWord?: string;
  /** The default as the operator would write it. */
  readonly default?: string | number | boolean;
}

const notes = z.registry<SettingNotes>();

type Kind<Value> = z.ZodType<Value, unknown>;

/** A setting with a default, or one that may be absent. */
export function setting<Value>(
  kind: Kind<Value>,
  facts: SettingNotes & { readonly default: string | number | boolean },
): z.ZodPrefault<Kind<Value>>;
export function setting<Value>(
  kind: Kind<Value>,
  facts: SettingNotes & { readonly default?: never },
): z.ZodOptional<Kind<Value>>;
export function setting<Value>(kind: Kind<Value>, facts: SettingNotes): z.ZodType<Value | undefined, unknown> {
  const schema = facts.default === undefined ? kind.optional() : kind.prefault(facts.default);
  notes.add(schema, facts);
  return schema;
}

/** One setting of the schema. */
export interface Setting extends SettingNotes {
  /** The section of the file it stands in: `server`, `openai.azure`, `databases`. */
  readonly section: string;
  /** Its name in that section. */
  readonly name: string;
  /** What a value must be, to follow "must be". */
  readonly expected: string;
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) return unwrapped(schema.unwrap());
  return schema instanceof z.ZodArray ? unwrapped(schema.element) : schema;
}

/** Every setting of a schema, in the order of its writing. */
export function listSettings(schema: unknown, section = ''): readonly Setting[] {
  const object = unwrapped(schema);
  if (!(object instanceof z.ZodObject)) return [];
  return Object.entries(object.shape).flatMap(([name, member]): readonly Setting[] => {
    const facts = notes.get(member);
    if (facts === undefined) return listSettings(member, section === '' ? name : `${section}.${name}`);
    const kind = unwrapped(member);
    const expected = kind instanceof z.ZodType ? expectations.get(kind)?.expected : undefined;
    return [{ ...facts, section, name, expected: expected ?? 'a valid value' }];
  });
}
