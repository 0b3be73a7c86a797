import type { CatalogSnapshot } from './catalog/snapshot.ts';
import type { Job } from './job.ts';
import { refusal } from './refusal.ts';
import type { ParseOutcome, RefusedVerdict, Verdict } from './verdict.ts';

/** Where texts are parsed and judged. */
export interface Engine {
  /** Never rejects because of a text; rejects with `CLOSED` after close. */
  run(job: Job, catalog?: CatalogSnapshot): Promise<Verdict | ParseOutcome>;
  /** Loads the parser ahead of the first text; what fails is tried again by that text. */
  warmUp(): void;
  close(): Promise<void>;
}

/** How a refusal of the engine looks for each kind of job. */
export function engineRefusal(job: Job, refused: RefusedVerdict): RefusedVerdict | ParseOutcome {
  return job.kind !== 'parse'
    ? refused
    : { parsed: false, violations: refused.violations, retryable: refused.retryable };
}

/** The parser failed in a way that is not an answer. Its instance is gone; the text is refused. */
export const parserFault = (): RefusedVerdict =>
  refusal({
    code: 'parser',
    node: 'Parser',
    message: 'The parser failed on this text and was replaced; the text is refused',
    hint: 'Write a shorter or simpler statement.',
  });

/** A text took longer than its policy allows. */
export function tooSlow(killTimeoutMs: number): RefusedVerdict {
  return refusal(
    {
      code: 'parser',
      node: 'Parser',
      message: `The check took longer than ${killTimeoutMs} ms and was stopped; the text is refused`,
      option: 'limits.killTimeoutMs',
      hint: 'Write a shorter or simpler statement.',
    },
    true,
  );
}

/** There is no thread, and none can be had. */
export function cannotStart(): RefusedVerdict {
  return refusal(
    {
      code: 'parser',
      node: 'Parser',
      message: 'The SQL parser cannot be started in a worker thread',
      hint: 'Check the installation of libpg-query, the memory of the process, and that it may start threads (--allow-worker).',
    },
    true,
  );
}

/** The queue is full. */
export function tooManyWait(waiting: number): RefusedVerdict {
  return refusal(
    {
      code: 'parser',
      node: 'Queue',
      message: `${waiting} texts are already waiting to be checked`,
      option: 'limits.maxQueue',
      hint: 'Try again in a moment.',
    },
    true,
  );
}
