import { builtins } from '../builtins.ts';
import type { CatalogFunction } from '../catalog/snapshot.ts';
import { packsWithFunction } from '../extension-packs.ts';
import type { Judgement } from '../judgement.ts';
import type { Fields } from '../tree.ts';
import { isHarmlessCall } from './harmless-calls.ts';
import { refusalReasons } from './refusal-reasons.ts';
import { standardFunctions } from './standard-functions.ts';

/** How a function name stands after policy, built-in list and catalog were asked. */
export type FunctionStanding =
  | { readonly allowed: true; readonly builtIn: boolean; readonly extension?: true }
  | {
      readonly allowed: false;
      readonly code: 'function' | 'version';
      readonly reason: string;
      readonly option?: string;
      readonly hint?: string;
    };

const harmlessBuiltIn: FunctionStanding = { allowed: true, builtIn: true };

const refused = (reason: string, option?: string, hint?: string): FunctionStanding => ({
  allowed: false,
  code: 'function',
  reason,
  ...(option === undefined ? {} : { option }),
  ...(hint === undefined ? {} : { hint }),
});

/** What makes a user's function unfit even when the policy lists it; undefined when nothing does. */
export function functionProblem(candidate: CatalogFunction, readOnly: boolean): string | undefined {
  const shown = `${candidate.schema}.${candidate.name}`;
  if (candidate.kind === 'procedure') return `${shown} is a procedure`;
  if (candidate.securityDefiner) return `${shown} runs with the rights of its owner (SECURITY DEFINER)`;
  if (candidate.changesSettings) return `${shown} changes settings while it runs`;
  if (readOnly && candidate.volatility === 'volatile')
    return `${shown} is VOLATILE, so it may have effects beyond its result`;
  return undefined;
}

/** A user's function that PostgreSQL may prefer to its own, by argument types. Those of extensions count only when they are unfit. */
function shadowOf(judgement: Judgement, name: string): CatalogFunction | undefined {
  return judgement.catalog
    ?.functionsNamed(undefined, name)
    .find((candidate) => candidate.extension === undefined || functionProblem(candidate, true) !== undefined);
}

/** True when the name is on the list of an extension that the policy names, and, with a catalog, belongs to that extension. */
function ownedByPack(judgement: Judgement, name: string, candidates: readonly CatalogFunction[]): boolean {
  const owners = judgement.policy.extensions.functionOwners(name);
  if (owners.length === 0) return false;
  if (!judgement.catalog) return true;
  return (
    candidates.length > 0 && candidates.every(({ extension }) => extension !== undefined && owners.includes(extension))
  );
}

function listedStanding(judgement: Judgement, candidates: readonly CatalogFunction[]): FunctionStanding {
  for (const candidate of candidates) {
    const problem = functionProblem(candidate, judgement.policy.mode === 'read-only');
    if (problem) return refused(`${problem}, which no list allows`);
  }
  return { allowed: true, builtIn: false };
}

/** The list of a pack has been reviewed, VOLATILE functions among it: they draw random numbers. */
function packStanding(candidates: readonly CatalogFunction[]): FunctionStanding {
  const problem = candidates.map((candidate) => functionProblem(candidate, false)).find((text) => text !== undefined);
  return problem === undefined
    ? { allowed: true, builtIn: false, extension: true }
    : refused(`${problem}, which no list allows`);
}

function refusedBuiltIn(
  judgement: Judgement,
  shown: string,
  name: string,
  status: keyof typeof refusalReasons,
): FunctionStanding {
  if (status === 'sequence' && (name === 'nextval' || name === 'currval') && judgement.policy.mode !== 'read-only') {
    if (judgement.policy.statementOptions.has('nextval')) {
      judgement.writes ||= name === 'nextval';
      return harmlessBuiltIn;
    }
    return refused(`${shown} is refused: it ${refusalReasons.sequence}`, "statements.allow: ['nextval']");
  }
  return refused(`${shown} is refused: it ${refusalReasons[status]}`, 'functions.allow');
}

const shownAs = (schema: string | undefined, name: string): string =>
  schema === undefined ? name : `${schema}.${name}`;

/**
 * Whether the policy denies a function by this name. Without a schema it is denied where the server may find it: in the schemas that the
 * catalog knows, or, with no catalog, in any that the list names, unless PostgreSQL has one of its own.
 */
export function isDenied({ policy, catalog, major }: Judgement, schema: string | undefined, name: string): boolean {
  const { deny } = policy.functions;
  if (deny.empty) return false;
  if (deny.matches(schema ?? 'pg_catalog', name) || deny.matches(undefined, name)) return true;
  if (schema !== undefined) return false;
  return catalog
    ? catalog.functionsNamed(undefined, name).some((candidate) => deny.matches(candidate.schema, name))
    : builtins.functionStatus(name, major) !== 'accepted' && deny.couldMatch(name);
}

/** How PostgreSQL's own function of this name stands; undefined when it has none. */
function builtInStatus(judgement: Judgement, schema: string | undefined, name: string, call: Fields | undefined) {
  if (schema !== undefined && schema !== 'pg_catalog') return undefined;
  return call && isHarmlessCall(name, call, judgement.major)
    ? 'accepted'
    : builtins.functionStatus(name, judgement.major);
}

/** What an owner may write who means the function of an extension. */
function packHint({ policy }: Judgement, name: string, found: CatalogFunction | undefined): string | undefined {
  const [pack] = packsWithFunction(name).filter((extension) => !policy.extensions.names.has(extension));
  if (pack === undefined || (found !== undefined && found.extension !== pack)) return undefined;
  return `If ${name} is that of the extension ${pack}: functions.extensions: ['${pack}'].`;
}

/**
 * Says whether the policy lets a function be called by this name.
 * @param schema absent when the text names none
 * @param call fields of the FuncCall, for the functions that are harmless with some arguments only
 */
export function standingOf(
  judgement: Judgement,
  schema: string | undefined,
  name: string,
  call?: Fields,
): FunctionStanding {
  const { allow } = judgement.policy.functions;
  if (isDenied(judgement, schema, name))
    return refused(`${shownAs(schema, name)} is on the policy's list of denied functions`);
  if (schema === 'information_schema' && standardFunctions.has(name)) return harmlessBuiltIn;
  const status = builtInStatus(judgement, schema, name, call);
  if (status === 'accepted') {
    const shadow =
      judgement.catalog && schema === undefined && !allow.matchesExactly(undefined, name)
        ? shadowOf(judgement, name)
        : undefined;
    if (!shadow) return harmlessBuiltIn;
    return refused(
      `${name} may call ${shadow.schema}.${name} of a user in place of PostgreSQL's own`,
      'functions.allow',
      `Write pg_catalog.${name}.`,
    );
  }
  const shown = shownAs(schema, name);
  // What PostgreSQL itself refuses to call harmless is not allowed by a star.
  if (status !== undefined && status !== 'newer') {
    return allow.matchesExactly(schema, name)
      ? { allowed: true, builtIn: true }
      : refusedBuiltIn(judgement, shown, name, status);
  }
  const candidates = judgement.catalog?.functionsNamed(schema, name) ?? [];
  const listed =
    allow.matches(schema, name) ||
    (candidates.length > 0 && candidates.every((candidate) => allow.matches(candidate.schema, name)));
  if (listed) return listedStanding(judgement, candidates);
  if (ownedByPack(judgement, name, candidates)) return packStanding(candidates);
  if (status === 'newer') {
    return {
      allowed: false,
      code: 'version',
      reason: `${shown} is not a function of this server's version, so it would call a function of a user`,
      option: 'serverVersionNum',
    };
  }
  const [first] = candidates;
  return refused(
    first
      ? `${first.schema}.${name} is a function of ${first.extension === undefined ? 'a user' : `the extension ${first.extension}`}, and the policy does not list it`
      : `${shown} is not a function of PostgreSQL itself, and what it does is not known`,
    'functions.allow',
    packHint(judgement, name, first),
  );
}
