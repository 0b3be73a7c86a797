import { adviceCases } from './advice-cases.ts';
import { chartCases } from './chart-cases.ts';
import { connectionCases } from './connection-cases.ts';
import { longCases } from './long-cases.ts';
import { memoryCases } from './memory-cases.ts';
import { monitoringCases } from './monitoring-cases.ts';
import { readingCases } from './reading-cases.ts';
import { searchCases } from './search-cases.ts';
import type { ToolCase } from './tool-case.ts';
import { writeCases } from './write-cases.ts';

/** A case for every tool; `every-tool.e2e.ts` fails for a tool without one. */
export const ALL_CASES: readonly ToolCase[] = [
  ...readingCases,
  ...longCases,
  ...searchCases,
  ...memoryCases,
  ...chartCases,
  ...writeCases,
  ...connectionCases,
  ...adviceCases,
  ...monitoringCases,
];
