/** Addresses of what can be read about the structure of a database. Names of schemas and tables are percent-encoded. */
export const schemaUri = {
  /** The structure of a database as compact text. Names of databases need no escaping: the configuration admits words only. */
  database: (database: string): string => `schema://${database}`,
  /** Everything about one table. */
  table: (database: string, schema: string, table: string): string =>
    `schema://${database}/${encodeURIComponent(schema)}/${encodeURIComponent(table)}`,
  /** A diagram of the tables of a database. */
  diagram: (database: string): string => `diagram://${database}`,
} as const;

/** The name of the database whose structure is shown at an address; `undefined` for any other address. */
export function databaseOfUri(uri: string): string | undefined {
  return /^(?:schema|diagram):\/\/([^/]*)/.exec(uri)?.[1];
}

/** Reads a name out of an address. What is no valid encoding is taken as it stands: it then names nothing. */
export function decodeName(encoded: unknown): string {
  const text = String(encoded);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
