import type { Measurement } from './measure/interleave.ts';

/** What a suite is given. */
export interface SuiteContext {
  /** A throw-away server of this run. */
  readonly databaseUrl: string;
  /** The built programs. */
  readonly stdioProgram: string;
  readonly httpProgram: string;
  /** Rounds of every comparison. */
  readonly rounds: number;
}

/** What a suite found out. */
export interface SuiteResult {
  /** The first is the floor. */
  readonly measurements: readonly Measurement[];
  /** Figures that are not durations, such as memory and bytes, with their units. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** One comparison. */
export interface Suite {
  readonly name: string;
  readonly title: string;
  /** What it is held against. */
  readonly goal: string;
  run(context: SuiteContext): Promise<SuiteResult>;
}
