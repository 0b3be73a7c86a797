import { type Concurrency, createConcurrency } from './concurrency.ts';
import type { CounterPlace } from './counters.ts';
import { insureWindow, type PlaceTrouble } from './insured-window.ts';
import { MEMORY_PLACE } from './memory-place.ts';
import { createSlidingWindow, type SlidingWindow, type WindowState } from './sliding-window.ts';

/** The limits per caller. */
export interface LimitsOptions {
  /** False: everything is allowed. */
  readonly enabled: boolean;
  readonly requestsPerMinute: number;
  readonly requestsPerHour: number;
  readonly openaiTokensPerMinute: number;
  /** Seconds of database time. Default: any. */
  readonly databaseSecondsPerMinute?: number;
  /** Calls under way at once, in this process. Default: any number. */
  readonly maxConcurrentCalls?: number;
  /** How many processes share the limits, for the time in which they cannot share a count. Default: 1. */
  readonly replicas?: number;
}

/** Which limit a caller ran into. */
export type LimitName =
  | 'requests_per_minute'
  | 'requests_per_hour'
  | 'model_tokens_per_minute'
  | 'database_seconds_per_minute'
  | 'concurrent_calls';

/** Whether a call may go on. A refused one says which limit, how high it is, and when it is worth trying again. */
export type Admission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly limit: LimitName; readonly maximum: number; readonly retryAfterMs: number };

/** How much of a limit a caller has used. */
export interface LimitStatus {
  readonly limit: LimitName;
  readonly maximum: number;
  readonly used: number;
  readonly remaining: number;
  /** When more is free, in milliseconds; 0 when something is. */
  readonly resetMs: number;
}

/** Limits per caller. */
export interface Limits {
  /** Where they are counted. */
  readonly kind: CounterPlace['kind'];
  /** Counts one request of a caller. A refused request counts against nothing. */
  admitRequest(callerId: string): Promise<Admission>;
  /** Begins a call; `end` has to be called once when it was allowed. */
  beginCall(callerId: string): { readonly admission: Admission; end(): void };
  /** Asked before a call of a model: refuses when the caller's tokens of the last minute are used up. Counts nothing. */
  admitModelCall(callerId: string): Promise<Admission>;
  /** Charges what a call of a model used, in one step. The sum may pass the limit: the next call is then refused. */
  chargeModelTokens(callerId: string, tokens: number): Promise<void>;
  /** The same for time that statements took in a database. */
  chargeDatabaseTime(callerId: string, durationMs: number): Promise<void>;
  /** Every limit with what is used of it; empty when there are none. */
  status(callerId: string): Promise<readonly LimitStatus[]>;
  /** Gives up the connections to the place where limits are counted. */
  close(): Promise<void>;
}

/** What limits stand on. */
export interface LimitsParts {
  /** Default: the memory of the process. */
  readonly place?: CounterPlace;
  readonly onTrouble?: PlaceTrouble;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** After this time a call that found too many under way is worth trying again. */
const RETRY_CONCURRENT_MS = 1_000;

const allowed: Admission = { allowed: true };
const nothing = () => undefined;

/** Makes the limits. */
export function createLimits(
  options: LimitsOptions,
  { place = MEMORY_PLACE, onTrouble = nothing }: LimitsParts = {},
): Limits {
  if (!options.enabled) return noLimits(place);
  const window = (name: string, limit: number, windowMs: number): SlidingWindow => {
    const lifeSeconds = (2 * windowMs) / 1_000;
    const own = createSlidingWindow(limit, windowMs, prefixed(name, place.make(lifeSeconds)));
    if (place.kind === 'memory') return own;
    const share = Math.max(1, Math.floor(limit / (options.replicas ?? 1)));
    return insureWindow(own, createSlidingWindow(share, windowMs, MEMORY_PLACE.make(lifeSeconds)), onTrouble);
  };
  const { requestsPerMinute, requestsPerHour, openaiTokensPerMinute } = options;
  const { databaseSecondsPerMinute, maxConcurrentCalls = Number.POSITIVE_INFINITY } = options;
  const minute = window('requests', requestsPerMinute, MINUTE_MS);
  const hour = window('requests', requestsPerHour, HOUR_MS);
  const tokens = window('tokens', openaiTokensPerMinute, MINUTE_MS);
  const databaseTime =
    databaseSecondsPerMinute === undefined
      ? undefined
      : window('database', databaseSecondsPerMinute * 1_000, MINUTE_MS);
  const concurrency = createConcurrency(maxConcurrentCalls);

  async function admitRequest(callerId: string): Promise<Admission> {
    // The others are only looked at first, so that a request which one limit refuses costs nothing of another.
    const [inHour, inDatabaseTime] = await Promise.all([hour.peek(callerId), databaseTime?.peek(callerId)]);
    const first = [
      admission(inHour, 'requests_per_hour', requestsPerHour),
      admission(inDatabaseTime, 'database_seconds_per_minute', databaseSecondsPerMinute ?? 0),
    ].find((one) => !one.allowed);
    if (first !== undefined) return first;
    const inMinute = admission(await minute.take(callerId, 1), 'requests_per_minute', requestsPerMinute);
    if (!inMinute.allowed) return inMinute;
    return admission(await hour.take(callerId, 1), 'requests_per_hour', requestsPerHour);
  }

  return {
    kind: place.kind,
    admitRequest,
    beginCall: (callerId) => beginCall(concurrency, callerId, maxConcurrentCalls),
    admitModelCall: async (callerId) =>
      admission(await tokens.peek(callerId), 'model_tokens_per_minute', openaiTokensPerMinute),
    chargeModelTokens: (callerId, used) => tokens.charge(callerId, used),
    chargeDatabaseTime: async (callerId, durationMs) => databaseTime?.charge(callerId, durationMs),
    async status(callerId) {
      const ask = async (limit: LimitName, maximum: number, own: SlidingWindow, unit = 1): Promise<LimitStatus> => {
        const { used, freeInMs } = await own.use(callerId);
        const inUnits = Math.ceil(used / unit);
        return { limit, maximum, used: inUnits, remaining: Math.max(0, maximum - inUnits), resetMs: freeInMs };
      };
      const running = concurrency.count(callerId);
      const concurrent: LimitStatus = {
        limit: 'concurrent_calls',
        maximum: maxConcurrentCalls,
        used: running,
        remaining: Math.max(0, maxConcurrentCalls - running),
        resetMs: 0,
      };
      return Promise.all([
        ask('requests_per_minute', requestsPerMinute, minute),
        ask('requests_per_hour', requestsPerHour, hour),
        ask('model_tokens_per_minute', openaiTokensPerMinute, tokens),
        ...(databaseTime && databaseSecondsPerMinute !== undefined
          ? [ask('database_seconds_per_minute', databaseSecondsPerMinute, databaseTime, 1_000)]
          : []),
        ...(Number.isFinite(maxConcurrentCalls) ? [concurrent] : []),
      ]);
    },
    close: () => place.close(),
  };
}

function prefixed(name: string, counters: ReturnType<CounterPlace['make']>): ReturnType<CounterPlace['make']> {
  return {
    add: (key, points) => counters.add(`${name}:${key}`, points),
    read: (key) => counters.read(`${name}:${key}`),
  };
}

function beginCall(concurrency: Concurrency, callerId: string, maximum: number): ReturnType<Limits['beginCall']> {
  const end = concurrency.enter(callerId);
  if (end !== undefined) return { admission: allowed, end };
  const refused: Admission = {
    allowed: false,
    limit: 'concurrent_calls',
    maximum,
    retryAfterMs: RETRY_CONCURRENT_MS,
  };
  return { admission: refused, end: nothing };
}

function noLimits({ kind, close }: CounterPlace): Limits {
  return {
    kind,
    admitRequest: () => Promise.resolve(allowed),
    beginCall: () => ({ admission: allowed, end: nothing }),
    admitModelCall: () => Promise.resolve(allowed),
    chargeModelTokens: () => Promise.resolve(),
    chargeDatabaseTime: () => Promise.resolve(),
    status: () => Promise.resolve([]),
    close: () => close(),
  };
}

function admission(state: WindowState | undefined, limit: LimitName, maximum: number): Admission {
  return state === undefined || state.open
    ? allowed
    : { allowed: false, limit, maximum, retryAfterMs: state.retryAfterMs };
}
