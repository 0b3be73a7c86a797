/** The longest a look may take, in milliseconds: a balancer asks every few hundred. */
const LOOK_MS = 500;
/** How long an answer is reused, so that probes cannot load what they ask. Milliseconds. */
const REUSE_MS = 250;
/**
 * What has answered this lately still counts while it keeps a question waiting. Slow is not down: at the busiest moment every replica
 * would leave the balancer at once. Milliseconds.
 */
const STILL_COUNTS_MS = 5_000;

/**
 * Makes a look at something that answers or does not. It is asked at most once at a time, however often anybody looks, and a look is over
 * within half a second. A failure counts at once; silence when it has lasted five seconds.
 *
 * @param ask whether it answers; a rejection means that it does not
 */
export function createPulse(ask: () => Promise<boolean>): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined;
  let latest = { at: Number.NEGATIVE_INFINITY, answers: false };
  let answeredAt = Number.NEGATIVE_INFINITY;

  async function askOnce(): Promise<boolean> {
    const answers = await ask().catch(() => false);
    latest = { at: performance.now(), answers };
    if (answers) answeredAt = latest.at;
    asking = undefined;
    return answers;
  }

  return async () => {
    if (performance.now() - latest.at < REUSE_MS) return latest.answers;
    asking ??= askOnce();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), LOOK_MS);
    });
    const answers = await Promise.race([asking, late]);
    clearTimeout(timer);
    return answers ?? performance.now() - answeredAt < STILL_COUNTS_MS;
  };
}
