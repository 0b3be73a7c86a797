/** What there are alerts for. */
export const ALERT_KINDS = [
  'database_down',
  'connection_failures',
  'statement_timeouts',
  'latency',
  'replica_lag',
  'lock_wait',
  'database_size',
  'memory',
  'event_loop_delay',
  'cpu',
  'audit',
] as const;

/** See {@link ALERT_KINDS}. */
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Something that an operator should look at, as long as it lasts. */
export interface Alert {
  readonly kind: AlertKind;
  readonly severity: 'warning' | 'critical';
  /** Absent for the process itself. */
  readonly database?: string;
  /** What is so, against which threshold. */
  readonly message: string;
}

/** One alert of a kind and a database at a time. */
export const alertKey = ({ kind, database = '' }: Pick<Alert, 'kind' | 'database'>): string => `${kind}/${database}`;
