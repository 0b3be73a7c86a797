/** The beginning of a text, with a mark where it was cut. */
export function cutText(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}… (cut)` : text;
}

/** The beginning of a list, with a mark that says how many entries are missing. */
export function cutList(entries: readonly string[], maxEntries: number): string[] {
  if (entries.length <= maxEntries) return [...entries];
  return [...entries.slice(0, maxEntries), `… and ${entries.length - maxEntries} more`];
}
