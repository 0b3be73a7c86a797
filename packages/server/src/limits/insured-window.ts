import type { SlidingWindow } from './sliding-window.ts';

/** Told when the place of the counters does not answer, and when it does again. */
export type PlaceTrouble = (error: unknown | undefined) => void;

/**
 * A window that goes on in memory while its place does not answer: limits hold on each replica by itself then, and no call fails
 * because Redis or a database does.
 */
export function insureWindow(primary: SlidingWindow, insurance: SlidingWindow, onTrouble: PlaceTrouble): SlidingWindow {
  const insured =
    <Arguments extends readonly unknown[], Result>(
      ask: (window: SlidingWindow, ...given: Arguments) => Promise<Result>,
    ): ((...given: Arguments) => Promise<Result>) =>
    async (...given) => {
      try {
        const result = await ask(primary, ...given);
        onTrouble(undefined);
        return result;
      } catch (error) {
        onTrouble(error);
        return ask(insurance, ...given);
      }
    };
  return {
    take: insured((window, key: string, points: number) => window.take(key, points)),
    peek: insured((window, key: string) => window.peek(key)),
    charge: insured((window, key: string, points: number) => window.charge(key, points)),
    use: insured((window, key: string) => window.use(key)),
  };
}
