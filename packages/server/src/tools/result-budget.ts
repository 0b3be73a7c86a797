import type { Services } from '../services.ts';
import type { ResultBudget } from '../values/index.ts';

/** How much a result may hold by the configuration. */
export function resultBudget({ configuration: { server } }: Pick<Services, 'configuration'>): Required<ResultBudget> {
  return {
    maxTokens: server.maxResultTokens,
    maxBytes: server.maxResultBytes,
    maxCellCharacters: server.maxCellCharacters,
  };
}
