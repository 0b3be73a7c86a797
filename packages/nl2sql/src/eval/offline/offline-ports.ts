import type { AskPorts, Catalog, SqlParse } from '../../ports.ts';

/** What the measures without a model need of a database. */
export interface OfflinePorts extends Pick<AskPorts, 'schema' | 'check' | 'runner'> {
  readonly parse: SqlParse;
  readonly catalog: Catalog;
}
