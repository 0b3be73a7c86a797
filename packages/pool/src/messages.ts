import type { DatabaseError } from 'pg';

/** One column as RowDescription reports it. */
export interface WireField {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

/** The messages of the server that are looked at here, as the driver's parser delivers them. */
export type BackendMessage =
  | { readonly name: 'rowDescription'; readonly length: number; readonly fields: readonly WireField[] }
  | { readonly name: 'dataRow'; readonly length: number; readonly fields: (string | null)[] }
  | { readonly name: 'commandComplete'; readonly length: number; readonly text: string }
  | { readonly name: 'readyForQuery'; readonly length: number; readonly status: TransactionStatus }
  | {
      readonly name: 'parameterStatus';
      readonly length: number;
      readonly parameterName: string;
      readonly parameterValue: string;
    }
  | { readonly name: 'backendKeyData'; readonly length: number; readonly processID: number; readonly secretKey: number }
  | { readonly name: 'notification'; readonly length: number; readonly channel: string; readonly payload: string }
  | { readonly name: 'portalSuspended' | 'emptyQuery'; readonly length: number }
  | (DatabaseError & { readonly name: 'error' })
  // Nothing is done about these; they are named so that a misspelt name above does not compile.
  | {
      readonly name:
        | 'parseComplete'
        | 'bindComplete'
        | 'closeComplete'
        | 'noData'
        | 'parameterDescription'
        | 'notice'
        | 'authenticationOk';
      readonly length: number;
    };

/** I: idle, T: in a transaction, E: in a transaction that has failed. */
export type TransactionStatus = 'I' | 'T' | 'E';

/** Takes the answer of one statement. Must not throw. */
export interface RowSink {
  fields(fields: readonly WireField[]): void;
  row(values: (string | null)[], bytes: number): void;
  /** The end: the command tag, and whether the row limit of Execute stopped it. */
  end(command: string, suspended: boolean): void;
}

/** How the messages up to one ReadyForQuery ended. */
export interface Outcome {
  /** The transaction status the server reported; undefined when the connection ended first. */
  readonly status: TransactionStatus | undefined;
  /** The command tags of the statements that completed. */
  readonly commands: readonly string[];
  /** What stopped it: an error of PostgreSQL, or why the connection ended. */
  readonly error: Error | undefined;
}
