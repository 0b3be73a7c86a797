import { createSlidingWindow, type SlidingWindow, type WindowState } from './sliding-window.ts';

/** The limits per caller. */
export interface LimitsOptions {
  /** False: everything is allowed. */
  readonly enabled: boolean;
  readonly requestsPerMinute: number;
  readonly requestsPerHour: number;
  readonly openaiTokensPerMinute: number;
}

/** Which limit a caller ran into. */
export type LimitName = 'requests_per_minute' | 'requests_per_hour' | 'model_tokens_per_minute';

/** Whether a call may go on. A refused one says which limit, how high it is, and when it is worth trying again. */
export type Admission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly limit: LimitName; readonly maximum: number; readonly retryAfterMs: number };

/** Limits per caller in the memory of the process: several replicas each allow the whole. */
export interface Limits {
  /** Counts one request of a caller. A refused request counts against nothing. */
  admitRequest(callerId: string): Promise<Admission>;
  /** Asked before a call of a model: refuses when the caller's tokens of the last minute are used up. Counts nothing. */
  admitModelCall(callerId: string): Promise<Admission>;
  /** Charges what a call of a model used, in one step. The sum may pass the limit: the next call is then refused. */
  chargeModelTokens(callerId: string, tokens: number): Promise<void>;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;
const allowed: Admission = { allowed: true };

/** Makes the limits. */
export function createLimits(options: LimitsOptions): Limits {
  if (!options.enabled) {
    return {
      admitRequest: () => Promise.resolve(allowed),
      admitModelCall: () => Promise.resolve(allowed),
      chargeModelTokens: () => Promise.resolve(),
    };
  }
  const { requestsPerMinute, requestsPerHour, openaiTokensPerMinute } = options;
  const minute = createSlidingWindow(requestsPerMinute, minuteMs);
  const hour = createSlidingWindow(requestsPerHour, hourMs);
  const tokens = createSlidingWindow(openaiTokensPerMinute, minuteMs);
  return {
    admitRequest: (callerId) => admitRequest(callerId, { minute, hour }, options),
    async admitModelCall(callerId) {
      return admission(await tokens.peek(callerId), 'model_tokens_per_minute', openaiTokensPerMinute);
    },
    chargeModelTokens: (callerId, used) => tokens.charge(callerId, used),
  };
}

async function admitRequest(
  callerId: string,
  { minute, hour }: { readonly minute: SlidingWindow; readonly hour: SlidingWindow },
  { requestsPerMinute, requestsPerHour }: LimitsOptions,
): Promise<Admission> {
  // The hour is only looked at first, so that a request which the minute refuses costs nothing of the hour.
  const inHour = admission(await hour.peek(callerId), 'requests_per_hour', requestsPerHour);
  if (!inHour.allowed) return inHour;
  const inMinute = admission(await minute.take(callerId, 1), 'requests_per_minute', requestsPerMinute);
  if (!inMinute.allowed) return inMinute;
  return admission(await hour.take(callerId, 1), 'requests_per_hour', requestsPerHour);
}

function admission(state: WindowState, limit: LimitName, maximum: number): Admission {
  return state.open ? allowed : { allowed: false, limit, maximum, retryAfterMs: state.retryAfterMs };
}
