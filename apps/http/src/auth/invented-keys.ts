import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Keys that one address may try in vain before it has to wait: enough for a client that was given a wrong one. */
export const MAX_VAIN_TRIES = 100;
/** From the first vain try on, in milliseconds. */
export const VAIN_TRIES_MS = 60_000;
const MAX_ADDRESSES = 10_000;

/** Keys that were good lately: whoever shares an address with a stranger is not kept out with it. */
const MAX_GOOD_KEYS = 10_000;
const GOOD_KEY_MS = 60 * 60_000;

/** Keys that an address has tried in vain since its window began. */
interface VainTries {
  readonly count: number;
  readonly endsAtMs: number;
}

/** Bounds what strangers with invented keys cost the store, which is asked about each. */
export interface InventedKeys {
  /** Whether the store may be asked about a key from this address. */
  mayAsk(key: string, peerAddress: string | undefined): boolean;
  /** Told what the store has said. */
  answered(key: string, peerAddress: string | undefined, isGood: boolean): void;
}

/**
 * Counts vain tries by the address of the connection, in this process. A negative answer is not kept by key: who invents keys invents
 * another one each time. A good one is no permission either, it only may be asked about; so a revoked key ends at once.
 */
export function createInventedKeys(): InventedKeys {
  const vainTries = new LRUCache<string, VainTries>({ max: MAX_ADDRESSES });
  const goodKeys = new LRUCache<string, true>({ max: MAX_GOOD_KEYS, ttl: GOOD_KEY_MS });
  const lately = (address: string): VainTries => {
    const known = vainTries.get(address);
    return known !== undefined && Date.now() < known.endsAtMs
      ? known
      : { count: 0, endsAtMs: Date.now() + VAIN_TRIES_MS };
  };
  return {
    mayAsk: (key, peerAddress = '') => lately(peerAddress).count < MAX_VAIN_TRIES || goodKeys.has(digestOf(key)),
    answered(key, peerAddress = '', isGood) {
      if (isGood) {
        goodKeys.set(digestOf(key), true);
        return;
      }
      goodKeys.delete(digestOf(key));
      const { count, endsAtMs } = lately(peerAddress);
      vainTries.set(peerAddress, { count: count + 1, endsAtMs });
    },
  };
}

/** The key itself shall lie in no memory longer than its request. */
const digestOf = (key: string): string => createHash('sha256').update(key).digest('base64');
