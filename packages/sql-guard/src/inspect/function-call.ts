import { builtins } from '../builtins.ts';
import { type FunctionRefusalReason, refusalReasons } from '../functions/refusal-reasons.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { fieldsOf, listOf, locationOf, namesOf } from '../tree.ts';
import { inspectGeneratedSize } from './generated-size.ts';
import type { Inspector } from './inspector.ts';

/** How a name stands after policy and built-in list were asked. */
export type FunctionStanding =
  | { readonly allowed: true; readonly builtIn: boolean }
  | {
      readonly allowed: false;
      readonly code: 'function' | 'version';
      readonly reason: string;
      readonly option?: string;
      readonly hint?: string;
    };

/** Says whether the policy lets a function be called by this name. `schema` is absent when the text names none. */
export function standingOf(judgement: Judgement, schema: string | undefined, name: string): FunctionStanding {
  const { functions, statementOptions } = judgement.policy;
  const shown = schema === undefined ? name : `${schema}.${name}`;
  if (
    functions.deny.matches(schema, name) ||
    functions.deny.matches(schema ?? 'pg_catalog', name) ||
    functions.deny.matches(undefined, name)
  ) {
    return { allowed: false, code: 'function', reason: `${shown} is on the policy's list of denied functions` };
  }
  const builtInName = schema === undefined || schema === 'pg_catalog';
  const status = builtInName ? builtins.functionStatus(name, judgement.major) : undefined;
  if (status === 'accepted') return { allowed: true, builtIn: true };
  if (functions.allow.matches(schema, name))
    return { allowed: true, builtIn: status !== undefined && status !== 'newer' };
  if (status === 'newer') {
    return {
      allowed: false,
      code: 'version',
      reason: `${shown} is not a function of this server's version, so it would call a function of a user`,
      option: 'serverVersionNum',
    };
  }
  if (status !== undefined) {
    if (status === 'sequence' && (name === 'nextval' || name === 'currval') && judgement.policy.mode !== 'read-only') {
      if (statementOptions.has('nextval')) return { allowed: true, builtIn: true };
      return {
        allowed: false,
        code: 'function',
        reason: `${shown} is refused: it ${refusalReasons.sequence}`,
        option: "statements.allow: ['nextval']",
      };
    }
    return {
      allowed: false,
      code: 'function',
      reason: `${shown} is refused: it ${refusalReasons[status as FunctionRefusalReason]}`,
      option: 'functions.allow',
    };
  }
  const inCatalog = judgement.catalog?.allowedFunction(schema, name, functions.allow);
  if (inCatalog === true) return { allowed: true, builtIn: false };
  return {
    allowed: false,
    code: 'function',
    reason: inCatalog ?? `${shown} is not a function of PostgreSQL itself, and what it does is not known`,
    option: 'functions.allow',
  };
}

/** Judges FuncCall: its name, and what its arguments make it build. */
export const inspectFunctionCall: Inspector = (frame, judgement) => {
  const { fields } = frame;
  const location = locationOf(fields);
  const parts = namesOf(fields['funcname']);
  const name = parts?.at(-1);
  if (!parts || name === undefined || parts.length > 2) {
    refuse(judgement, {
      code: 'function',
      node: 'FuncCall',
      message: 'A function name of more than two parts names a database, and only the connected one exists',
      location,
      ...(parts ? { name: parts.join('.') } : {}),
    });
    return;
  }
  const schema = parts.length === 2 ? parts[0] : undefined;
  const standing = standingOf(judgement, schema, name);
  if (!standing.allowed) {
    refuse(judgement, {
      code: standing.code,
      node: 'FuncCall',
      name: parts.join('.'),
      message: standing.reason,
      location,
      ...(standing.option ? { option: standing.option } : {}),
      ...(standing.hint ? { hint: standing.hint } : {}),
    });
    return;
  }
  judgement.functions.push({ schema, name, builtIn: standing.builtIn, location });
  if (!standing.builtIn) judgement.needsCatalog = true;
  if (standing.builtIn && name === 'current_setting' && !fieldsOf(listOf(fields['args'])[0], 'A_Const')?.['sval']) {
    refuse(judgement, {
      code: 'function',
      node: 'FuncCall',
      name: parts.join('.'),
      message: 'current_setting is allowed for setting names that are written out, so that they can be reviewed',
      location,
    });
  }
  if (standing.builtIn) inspectGeneratedSize(name, frame, judgement);
};
