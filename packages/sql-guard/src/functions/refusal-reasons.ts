/** Why a function of PostgreSQL itself is not on the allow-list. */
export type FunctionRefusalReason =
  | 'sleep'
  | 'lock'
  | 'notify'
  | 'setting'
  | 'setting-read'
  | 'sequence'
  | 'sql-text'
  | 'large-object'
  | 'file'
  | 'session'
  | 'statistics'
  | 'replication'
  | 'administration'
  | 'transaction-id'
  | 'environment'
  | 'privilege'
  | 'internal'
  | 'catalog'
  | 'volatile';

/** What a call would do, as the end of the sentence "it ...". */
export const refusalReasons: Readonly<Record<FunctionRefusalReason, string>> = {
  sleep: 'holds the connection without doing work',
  lock: 'takes or frees locks that outlive a rollback',
  notify: 'sends or reads messages between sessions',
  setting: 'changes the session',
  'setting-read': 'reads settings, which carry secrets and identities',
  sequence: 'reads or moves a sequence of the session',
  'sql-text': 'runs SQL from a string, or reads whole tables by name, where no check can follow',
  'large-object': 'reads or writes large objects, which READ ONLY does not stop',
  file: 'reads or names files of the server',
  session: 'reads or stops other sessions',
  statistics: 'reads or resets statistics',
  replication: 'reads or drives replication, the write-ahead log or backups',
  administration: 'administers the server',
  'transaction-id': 'assigns or probes transaction ids',
  environment: "reads the connection's environment",
  privilege: 'maps privileges',
  internal: "belongs to PostgreSQL's inside",
  catalog: 'reads the inside of the server and is not on the list of harmless catalog functions',
  volatile: 'has effects beyond its result',
};
