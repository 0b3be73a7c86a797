import { isShownSetting } from '../settings.ts';
import { type Fields, fieldsOf, isFields, listOf, textOf } from '../tree.ts';
import { firstInputCheckMajor, isPlainInputCheck } from './input-check.ts';

/**
 * Types that a text may be cast to in the form of a call, `uuid('…')`, and that no function of PostgreSQL is called as. They are read in one
 * pass and look nothing up.
 */
const castCalls: ReadonlySet<string> = new Set(
  'uuid inet cidr macaddr json jsonb jsonpath bytea tsvector line'.split(' '),
);

/** True for a call that is harmless by its arguments, though not by its name. */
export function isHarmlessCall(name: string, fields: Fields, major: number): boolean {
  if (name === 'current_setting') return isShownSettingRead(fields);
  if (castCalls.has(name)) return isLiteralCast(fields);
  return major >= firstInputCheckMajor && isPlainInputCheck(name, fields);
}

/** `current_setting('block_size')` shows no more than SHOW does. */
function isShownSettingRead(fields: Fields): boolean {
  const [name, missingOk, more] = listOf(fields['args']);
  const setting = literalText(name);
  return (
    setting !== undefined &&
    isShownSetting(setting) &&
    more === undefined &&
    (missingOk === undefined || isFields(fieldsOf(missingOk, 'A_Const')?.['boolval']))
  );
}

/** PostgreSQL takes a call by the name of a type for a cast when a text without a type is all that stands in it, whoever has a function of that name. */
function isLiteralCast(fields: Fields): boolean {
  const args = listOf(fields['args']);
  return (
    args.length === 1 && literalText(args[0]) !== undefined && Object.keys(fields).every((key) => plainCall.has(key))
  );
}

const plainCall: ReadonlySet<string> = new Set(['funcname', 'args', 'funcformat', 'location']);

function literalText(node: unknown): string | undefined {
  const literal = fieldsOf(node, 'A_Const')?.['sval'];
  return isFields(literal) ? (textOf(literal['sval']) ?? '') : undefined;
}
