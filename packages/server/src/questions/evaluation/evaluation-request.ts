import type { Call } from '../../call.ts';
import type { Services } from '../../services.ts';
import type { CaseFileFormat } from './read-files.ts';

/** What is measured. */
export interface EvaluationRequest {
  readonly casesPath: string;
  readonly format: CaseFileFormat | undefined;
  readonly mode: 'offline' | 'replay' | 'live';
  /** Files of recorded statements; in a replay the n-th answers the n-th call. */
  readonly predictionPaths: readonly string[];
  /** False: replay without repair by rule. */
  readonly repairs: boolean;
  readonly baselinePath: string | undefined;
  /** Where cases without a database are asked. */
  readonly database: string | undefined;
  readonly most: number | undefined;
}

/** What a run gives. */
export interface Evaluation {
  readonly markdown: string;
  /** For `--json`. */
  readonly run: object;
  /** SVG. */
  readonly plot: string;
  /** Worse than the baseline by more than chance explains. */
  readonly isWorse: boolean;
}

/** What a run works with. */
export interface EvaluationTools {
  readonly services: Services;
  readonly call: Call;
  readonly progress: (line: string) => void;
}
