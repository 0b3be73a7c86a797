import { metrics } from '@opentelemetry/api';
import { type Logger, type TrustedProxyConfiguration, VERSION } from '@pgmcp/server';
import { LRUCache } from 'lru-cache';
import type { AuthFailure } from './auth-failure.ts';
import type { ProxyVerdict } from './trusted-proxy.ts';

const WARN_EVERY_MS = 60 * 60_000;
const MAX_PEERS = 1_000;

/** Tells operators who was not let in: counted always, logged once an hour for each peer and reason. */
export function createRefusals(logger: Logger, trustedProxy: TrustedProxyConfiguration | undefined) {
  const meter = metrics.getMeter('pgmcp', VERSION);
  const failures = meter.createCounter('pgmcp.auth.failures', {
    description: 'Requests that were not let in, by kind.',
  });
  const untrusted = meter.createCounter('pgmcp.auth.untrusted_header', {
    description: 'Requests with identity headers that did not come from a trusted proxy; the headers were ignored.',
  });
  const told = new LRUCache<string, true>({ max: MAX_PEERS, ttl: WARN_EVERY_MS });

  function warn(key: string, fields: object, message: string): void {
    if (told.has(key)) return;
    told.set(key, true);
    logger.warn(fields, message);
  }

  return {
    refused({ kind, reason }: AuthFailure, peer: string | undefined): void {
      failures.add(1, { reason: kind });
      // Clients ask without a token first: that is how they learn where to get one.
      if (kind !== 'missing') warn(`${peer} ${reason}`, { peer, kind, reason }, 'a request was not let in');
    },
    watch(verdict: ProxyVerdict, peer: string | undefined): ProxyVerdict {
      if (verdict.kind === 'untrusted') {
        untrusted.add(1);
        const cure = trustedProxy
          ? 'its network or its secret is not the configured one'
          : 'no trusted proxy is configured';
        warn(`${peer} header`, { peer }, `identity headers were ignored: ${cure}`);
      }
      return verdict;
    },
  };
}
