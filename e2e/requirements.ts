import { DELIVERY, DEPLOYMENT } from './requirements/deployment-and-delivery.ts';
import { GUARD, POOL } from './requirements/guard-and-pool.ts';
import { README } from './requirements/readme.ts';
import { RECORDS, SERVER } from './requirements/records-and-server.ts';
import type { Requirements } from './requirements/requirement.ts';
import { QUESTIONS, STRUCTURE } from './requirements/structure-and-questions.ts';
import { TOOLS } from './requirements/tools.ts';

export type { Requirements } from './requirements/requirement.ts';

/**
 * Every promise of this project with the tests that show it. `scripts/test/requirements.test.ts` holds it to the pages that make promises
 * and to the tests that exist: a sentence of the README or of a tool without a citation fails, and so does a citation of a test that is not
 * there or never runs.
 */
export const REQUIREMENTS: readonly Requirements[] = [
  README,
  TOOLS,
  GUARD,
  POOL,
  STRUCTURE,
  QUESTIONS,
  RECORDS,
  SERVER,
  DEPLOYMENT,
  DELIVERY,
];
