import { createGuard, type GuardOptions, type Verdict } from '../src/index.ts';

/** Judges one statement with a guard of its own. */
export async function check(
  options: GuardOptions,
  sql: string,
  context?: Parameters<Awaited<ReturnType<typeof createGuard>>['check']>[1],
): Promise<Verdict> {
  const guard = await createGuard({ engine: 'same-thread', ...options });
  try {
    return await guard.check(sql, context);
  } finally {
    await guard.close();
  }
}

/** Whether it is allowed. */
export const passes = async (options: GuardOptions, sql: string) => (await check(options, sql)).allowed;

/** The option that would allow it. */
export async function optionOf(options: GuardOptions, sql: string): Promise<string | undefined> {
  const verdict = await check(options, sql);
  return verdict.allowed ? 'allowed' : verdict.violations[0].option;
}
