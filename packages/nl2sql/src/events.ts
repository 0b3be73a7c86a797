import type { Attempt, Outcome, SqlSource } from './outcome.ts';
import type { TokenUsage } from './ports.ts';
import type { Repair } from './repair/repair-step.ts';

/**
 * What happens while a question is worked on, in order. `ask` reports it to its own `onProgress` and to the `onEvent`
 * of the factory. `round` is 0 for the first reply of the model, then counts the repair rounds.
 */
export type AskEvent =
  | { readonly type: 'verified'; readonly question: string }
  | { readonly type: 'linking' }
  | { readonly type: 'linked'; readonly tables: number; readonly omitted: number; readonly tokens: number }
  | { readonly type: 'generating'; readonly round: number }
  | {
      readonly type: 'generated';
      readonly round: number;
      readonly durationMs: number;
      readonly usage?: TokenUsage | undefined;
      readonly model?: string | undefined;
    }
  | { readonly type: 'validating'; readonly round: number; readonly source: SqlSource }
  | { readonly type: 'repaired'; readonly round: number; readonly repairs: readonly Repair[] }
  | {
      readonly type: 'repairing';
      readonly round: number;
      readonly stage: Attempt['stage'];
      readonly sqlState?: string | undefined;
    }
  | { readonly type: 'executing'; readonly round: number; readonly source: SqlSource }
  | { readonly type: 'voting'; readonly candidates: number }
  | { readonly type: 'checking'; readonly round: number }
  | { readonly type: 'attempted'; readonly attempt: Attempt }
  | { readonly type: 'done'; readonly kind: Outcome['kind']; readonly durationMs: number };

/** Takes events; what it throws is ignored, so that a broken observer never breaks an answer. */
export type AskEventListener = (event: AskEvent) => void;
