import type { Attempt, Outcome, SqlSource } from './outcome.ts';
import type { TokenUsage } from './ports.ts';
import type { Repair } from './repair/repair-step.ts';

/**
 * What happens while a question is worked on, in order. `ask` reports it to its own `onProgress` and to the `onEvent`
 * of the factory. `round` is 0 for the first reply of the model, then counts the repair rounds.
 */
export type AskEvent =
  /** A verified pair fits the question, and its SQL is tried. */
  | { readonly type: 'verified'; readonly question: string }
  /** The part of the schema that the question needs is looked for. */
  | { readonly type: 'linking' }
  /** It was found: numbers of its tables, of those left out, and its estimated tokens. */
  | { readonly type: 'linked'; readonly tables: number; readonly omitted: number; readonly tokens: number }
  /** The model is asked for a statement. */
  | { readonly type: 'generating'; readonly round: number }
  | {
      readonly type: 'generated';
      readonly round: number;
      readonly durationMs: number;
      readonly usage?: TokenUsage | undefined;
      readonly model?: string | undefined;
    }
  /** A statement goes through check, lint and EXPLAIN. */
  | { readonly type: 'validating'; readonly round: number; readonly source: SqlSource }
  /** Rules have mended it, without the model. */
  | { readonly type: 'repaired'; readonly round: number; readonly repairs: readonly Repair[] }
  /** It failed at `stage`, and the model is told. */
  | {
      readonly type: 'repairing';
      readonly round: number;
      readonly stage: Attempt['stage'];
      readonly sqlState?: string | undefined;
    }
  /** It passed and is run. */
  | { readonly type: 'executing'; readonly round: number; readonly source: SqlSource }
  /** Further statements are asked for, whose results are compared; see `extraCandidates`. */
  | { readonly type: 'voting'; readonly candidates: number }
  /** The model looks at the first rows; see `validateResult`. */
  | { readonly type: 'checking'; readonly round: number }
  /** An attempt is over, as it will stand in the outcome. */
  | { readonly type: 'attempted'; readonly attempt: Attempt }
  | { readonly type: 'done'; readonly kind: Outcome['kind']; readonly durationMs: number };

/** Takes events; what it throws is ignored, so that a broken observer never breaks an answer. */
export type AskEventListener = (event: AskEvent) => void;
