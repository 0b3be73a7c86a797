/** Repeats a question until the answer is right, at most for fifteen seconds. */
export async function eventually<T>(ask: () => T | Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer) || performance.now() > deadline) return answer;
    await sleep(10);
  }
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
