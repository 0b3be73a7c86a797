import { LineCounter, parseDocument } from 'yaml';

/**
 * Parses YAML or JSON (which is YAML) without ever repeating the text: parse errors of both kinds quote their source,
 * and the source may hold a password.
 */
export function parseYaml(text: string): { readonly value: unknown } | { readonly reason: string } {
  const lineCounter = new LineCounter();
  // With the level "silent" the parser would also be silent about a second document, and drop it.
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error', uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    if (error.code === 'MULTIPLE_DOCS')
      return { reason: `more than one document: another begins at line ${line} (---)` };
    return { reason: `not valid YAML or JSON at line ${line}, column ${col} (${error.code})` };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    // Throws where a list or mapping holds itself, which nobody could walk to its end.
    JSON.stringify(value);
    return { value };
  } catch {
    return { reason: 'not valid YAML: an alias is unresolved, stands inside what it names, or expands without end' };
  }
}
