import type { Suite } from '../suite.ts';
import { coldStart } from './cold-start.ts';
import { guardVerdict } from './guard-verdict.ts';
import { httpCall } from './http-call.ts';
import { httpThroughput } from './http-throughput.ts';
import { introspection, ranking } from './introspection.ts';
import { result1k, result10k } from './large-result.ts';
import { poolEnvelope } from './pool-envelope.ts';
import { resultEncoding } from './result-encoding.ts';
import { storeBatch, storeLoad } from './store.ts';
import { throughput1, throughput8, throughput32 } from './throughput.ts';
import { toolCall } from './tool-call.ts';

/** Every comparison, in the order of a run. */
export const SUITES: readonly Suite[] = [
  coldStart,
  toolCall,
  throughput1,
  throughput8,
  throughput32,
  httpCall,
  httpThroughput,
  result1k,
  result10k,
  resultEncoding,
  guardVerdict,
  poolEnvelope,
  introspection,
  ranking,
  storeBatch,
  storeLoad,
];
