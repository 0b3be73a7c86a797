/** Where the data is, where the databases are, and where one line per item goes. */
export interface MetricContext {
  /** Folder of the evaluation data. */
  readonly data: string;
  /** URL of the PostgreSQL server that holds the evaluation databases. */
  readonly serverUrl: string;
  /** Keeps a line of raw output. */
  readonly raw: (name: string, line: object) => void;
}

export type Metric = (context: MetricContext) => Promise<Record<string, unknown>>;
