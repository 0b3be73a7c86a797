import type { z } from 'zod';
import type { SectionDefinition } from '../define-section.ts';
import { auditSection } from './audit.ts';
import { authSection } from './auth.ts';
import { connectionsSection } from './connections.ts';
import { embeddingsSection } from './embeddings.ts';
import { historySection } from './history.ts';
import { httpSection } from './http.ts';
import { monitoringSection } from './monitoring.ts';
import { openaiSection } from './openai.ts';
import { questionsSection } from './questions.ts';
import { rateLimitSection } from './rate-limit.ts';
import { resultsSection } from './results.ts';
import { securitySection } from './security.ts';
import { serverSection } from './server.ts';
import { storeSection } from './store.ts';
import { telemetrySection } from './telemetry.ts';

/** Every section besides the databases, by its name in the file, in the order of the documentation. */
export const SECTIONS = {
  server: serverSection,
  openai: openaiSection,
  questions: questionsSection,
  embeddings: embeddingsSection,
  rateLimit: rateLimitSection,
  security: securitySection,
  connections: connectionsSection,
  results: resultsSection,
  store: storeSection,
  history: historySection,
  audit: auditSection,
  telemetry: telemetrySection,
  monitoring: monitoringSection,
  http: httpSection,
  auth: authSection,
};

/** The same as a list, for code that treats all sections alike. */
export const sectionList: readonly (readonly [name: string, definition: SectionDefinition<z.ZodType, unknown>])[] =
  Object.entries(SECTIONS);
