/** Quotes a name, whatever it is. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Writes a text as a constant that means the same with `standard_conforming_strings` on and off. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/** Writes an array as PostgreSQL reads it from text. Drivers disagree on arrays, never on text. */
export function arrayText(elements: readonly (string | undefined)[]): string {
  const parts = elements.map((element) => (element === undefined ? 'NULL' : `"${element.replace(/["\\]/g, '\\$&')}"`));
  return `{${parts.join(',')}}`;
}

/** The values of one statement. Each is bound as text and cast in SQL, so a driver's own conversions never play a part. */
export class Parameters {
  readonly values: (string | null)[] = [];

  /** Binds a value and returns the expression of its use. `type` is ours, never input. */
  add(value: string | null, type: string): string {
    this.values.push(value);
    return type === 'text' ? `$${this.values.length}::text` : `$${this.values.length}::text::${type}`;
  }
}
