/**
 * A promise and what shows that it is kept: tests as `path/of/file: title`, where the title is that of a test or of the `describe` around
 * several, or jobs of a workflow as `.github/workflows/file.yml: job`.
 */
export type Requirement = readonly [promise: string, ...shownBy: [string, ...(readonly string[])]];

/** Promises of one place. */
export interface Requirements {
  /** What the promises are about, or the page that makes them. */
  readonly about: string;
  /** The page in which every promise stands word for word, and which says nothing else but what `noPromises` lists. */
  readonly page?: string;
  readonly requirements: readonly Requirement[];
  /** What the page also says: descriptions, directions, names. */
  readonly noPromises?: readonly string[];
}
