/**
 * The guard for runtimes without WebAssembly. It reads SQL with `pgsql-ast-parser`, which knows a part of PostgreSQL's grammar, and is
 * therefore second class: whatever it accepts, the main entry accepts too, and it refuses two fifths of the corpus of honest statements.
 */
import { parse } from 'pgsql-ast-parser';
import { checkContext } from './check-context.ts';
import { checkKeys, ownOptions } from './check-policy.ts';
import { compilePolicy } from './compiled-policy.ts';
import { GuardError } from './errors.ts';
import { checkParameters, toRefusal } from './judge.ts';
import { createJudgement } from './judgement.ts';
import type { CheckContext, FunctionPolicy, GuardLimits, TablePolicy } from './policy.ts';
import { portableInputProblem } from './portable/input.ts';
import { walkPortable } from './portable/walk.ts';
import { createPositions } from './positions.ts';
import { refusal } from './refusal.ts';
import type { RefusedVerdict, RelationUse } from './verdict.ts';

export { GuardError } from './errors.ts';
export type { CheckContext, RefusedVerdict, RelationUse };

/** Options of {@link createPortableGuard}: read-only, without column policies, catalogs and rewriting. */
export interface PortableGuardOptions {
  readonly functions?: Pick<FunctionPolicy, 'deny'>;
  readonly tables?: TablePolicy;
  readonly searchPath?: readonly string[];
  readonly limits?: Pick<GuardLimits, 'maxParameters'>;
  /** `server_version_num` when a check brings none. Default 180000. */
  readonly serverVersionNum?: number;
}

/** Accepted: run the text as it was given, never a printed form of its tree. */
export type PortableVerdict =
  | { readonly allowed: true; readonly relations: readonly Pick<RelationUse, 'schema' | 'name' | 'access'>[] }
  | RefusedVerdict;

/** Judges texts in this thread, at once. */
export interface PortableGuard {
  /**
   * Never throws because of the text, whatever it is.
   *
   * @throws {@link GuardError} `INVALID_OPTIONS` for a wrong context.
   */
  check(sql: string, context?: Omit<CheckContext, 'catalog' | 'purpose'>): PortableVerdict;
}

const queryTypes: ReadonlySet<string> = new Set(['select', 'union', 'union all', 'values', 'with', 'with recursive']);

/** An option that only the main entry obeys must not seem to be obeyed here. */
function portableOptions(given: PortableGuardOptions): PortableGuardOptions {
  const where = 'createPortableGuard';
  checkKeys(given, ['functions', 'tables', 'searchPath', 'limits', 'serverVersionNum'], where);
  const own = ownOptions(given);
  for (const [part, known] of [
    ['functions', 'deny'],
    ['limits', 'maxParameters'],
  ] as const) {
    const unknown = Object.entries(own[part] ?? {}).find(([key, value]) => key !== known && value !== undefined);
    if (unknown)
      throw new GuardError('INVALID_OPTIONS', `${where} takes no ${part}.${unknown[0]}, only ${part}.${known}.`);
  }
  return own;
}

/**
 * Creates a guard without WebAssembly. Positions in its refusals are the start of the text: this parser does not keep them.
 *
 * @throws {@link GuardError} `INVALID_OPTIONS` with what to write instead.
 */
export function createPortableGuard(options: PortableGuardOptions = {}): PortableGuard {
  const policy = compilePolicy(portableOptions(options));
  return {
    check(sql, context = {}) {
      const { job: place } = checkContext(context, ['parameterCount', 'serverVersionNum']);
      const problem = portableInputProblem(sql);
      if (problem !== undefined) return refusal({ code: 'input', node: 'Input', message: problem });
      let statements: readonly unknown[];
      try {
        statements = parse(sql) as readonly unknown[];
      } catch {
        return refusal({
          code: 'syntax',
          node: 'Input',
          message: 'The portable parser cannot read the text',
          hint: 'The main entry reads all of PostgreSQL.',
        });
      }
      const [statement, second] = statements;
      if (!statement || second)
        return refusal({ code: 'statements', node: 'Input', message: 'The text must hold exactly one statement' });
      if (!queryTypes.has(String((statement as { type?: unknown }).type))) {
        return refusal({
          code: 'statement',
          node: String((statement as { type?: unknown }).type),
          message: 'The portable guard accepts only queries',
        });
      }
      const judgement = createJudgement(policy, place.serverVersionNum ?? policy.serverVersionNum, undefined);
      walkPortable(statement, judgement);
      const parameters = checkParameters(judgement, place);
      if (parameters) judgement.findings.push(parameters);
      if (judgement.findings.length > 0) return toRefusal(judgement.findings, createPositions('', 0));
      return {
        allowed: true,
        relations: judgement.relations.map(({ schema, name, access }) => ({
          ...(schema === undefined ? {} : { schema }),
          name,
          access,
        })),
      };
    },
  };
}
