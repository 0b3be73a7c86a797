import { z } from 'zod';

/** The `query_id` argument of tools that work on a kept result. */
export const queryIdInput = z.string().min(1).max(64).describe('From start_query, or from a result that was cut.');
