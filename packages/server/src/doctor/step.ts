/** How one step came out; `skipped`: an earlier failure leaves nothing to look at. */
export type StepStatus = 'ok' | 'notice' | 'warning' | 'failed' | 'skipped';

/** One thing that was looked at. */
export interface Step {
  readonly name: string;
  readonly status: StepStatus;
  /** What was found. */
  readonly detail: string;
  /** What to do about it. */
  readonly cure?: string;
}
