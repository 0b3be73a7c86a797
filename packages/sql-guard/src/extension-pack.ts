/** What an extension brings, as names separated by blanks. */
export interface ExtensionPack {
  readonly functions: string;
  readonly operators: string;
  readonly types: string;
  /** Columns of the functions that return rows: `function:column column | function:column`. */
  readonly outputs?: string;
}
