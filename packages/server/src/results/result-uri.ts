/** Forms in which a kept result can be read as a whole. */
export const RESULT_EXPORTS = [
  { extension: 'csv', mimeType: 'text/csv' },
  { extension: 'ndjson', mimeType: 'application/x-ndjson' },
] as const;

/** See {@link RESULT_EXPORTS}. */
export type ResultExtension = (typeof RESULT_EXPORTS)[number]['extension'];

/** The address of one part of a kept result. Parts are counted from 1; `{part}` makes a template. */
export function resultUri(id: string, extension: ResultExtension, part: number | '{part}'): string {
  return `result://${id}/${extension}/${part}`;
}
