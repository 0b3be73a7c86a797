/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a value comes from, in the order of precedence. */
type SourceKind = 'command line' | 'environment' | 'file' | 'default';

/** One place where an operator wrote a value. */
export interface Source {
  readonly kind: SourceKind;
  /** The key as it stands there: `--port`, `PG_MCP_HTTP_PORT`, `http.port`. */
  readonly key: string;
  /** `environment`, `command line`, `default`, or the path of the file: how a person finds the place. */
  readonly place: string;
  /** The folder at which a relative path starts. */
  readonly folder: string;
}

/** One value as it was written, before any check. */
export interface Written {
  readonly value: unknown;
  readonly source: Source;
}

/** Written values of one section by setting name. */
export type Section = Map<string, Written>;

/** Everything that was written, before any check: sections by name, and the list of databases. */
export interface WrittenSettings {
  readonly sections: Map<string, Section>;
  readonly databases: readonly Section[];
}

/** A file's key or an environment variable that holds the path of a secret instead of the secret. */
export const fileSuffix = { environment: '_FILE', file: 'File' } as const;

/** Joins layers of one section: later ones win, value by value; a secret and its file form are one value. */
export function overlay(layers: readonly Section[]): Section {
  const merged: Section = new Map();
  for (const layer of layers) {
    for (const name of layer.keys()) {
      merged.delete(`${name}${fileSuffix.file}`);
      merged.delete(name.replace(/File$/, ''));
    }
    for (const [name, written] of layer) merged.set(name, written);
  }
  return merged;
}

/** The variable that names the profile of the file. */
export const profileVariable = 'PG_MCP_PROFILE';
