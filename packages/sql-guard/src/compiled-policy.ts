import { type CheckedPolicy, checkPolicy } from './check-policy.ts';
import { type NodePlans, planNodes } from './node-plan.ts';
import type { GuardOptions } from './policy.ts';

/** A policy that can judge. */
export interface CompiledPolicy extends CheckedPolicy {
  readonly plans: NodePlans;
}

/** Checks the options and compiles them. Throws `INVALID_OPTIONS` with what to write instead. */
export function compilePolicy(options: GuardOptions): CompiledPolicy {
  const checked = checkPolicy(options);
  return { ...checked, plans: planNodes(checked.mode) };
}
