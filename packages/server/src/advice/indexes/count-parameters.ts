/** PostgreSQL binds no more to one statement. */
const MAX_PARAMETERS = 65_535;

/**
 * How many values a counted statement takes: the highest `$n` of its text. The text is whatever some client has sent, and a name or a comment
 * in it may hold any number: a list of so many values would take all memory.
 *
 * @returns undefined when no statement takes so many
 */
export function countParameters(sql: string): number | undefined {
  let count = 0;
  for (const [, number] of sql.matchAll(/\$(\d+)/g)) count = Math.max(count, Number(number));
  return count <= MAX_PARAMETERS ? count : undefined;
}
