/** Long enough that whoever takes log-ins and ends every session is not asked thousands of times a second. */
const PAUSE_MS = 100;

/** A time in which no connection is opened. */
export interface Pause {
  readonly isOn: boolean;
  begin(): void;
  end(): void;
}

/** @param resume called when the pause is over by itself. */
export function createPause(resume: () => void): Pause {
  let timer: NodeJS.Timeout | undefined;
  return {
    get isOn() {
      return timer !== undefined;
    },
    begin: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        resume();
      }, PAUSE_MS);
    },
    end: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
