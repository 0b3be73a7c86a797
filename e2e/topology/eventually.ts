import { setTimeout as sleep } from 'node:timers/promises';

/** Whether `check` comes true within `withinMs`. */
export async function eventually(check: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await check())) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}
