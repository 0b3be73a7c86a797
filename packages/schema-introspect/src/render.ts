import { COMPACT_DETAILS, checkDetails, checkOptions, checkPositive } from './check-options.ts';
import { foldFamilies } from './families.ts';
import { type CompactDetails, compactTable, referencesAmong } from './formats/compact.ts';
import { isCatalog, type RenderSource, shownTables } from './formats/render-source.ts';
import { referenceTo } from './names.ts';
import type { Table } from './schema.ts';
import { type CountTokens, estimateTokens } from './tokens.ts';

/** Options of {@link renderCompact}. */
export interface RenderCompactOptions extends CompactDetails {
  /** Token budget of the whole text. What does not fit is named at the end, as far as that fits. No limit by default. */
  readonly maxTokens?: number;
  /** Exact token counts for the budget; a safe estimate by default. */
  readonly countTokens?: CountTokens;
}

/**
 * The compact form of a catalog or of some of its tables: one line a table, one a foreign key. It costs a model about
 * an eighth of the same facts as JSON. Tables the role may not select are left out. Where a whole catalog does not fit
 * the budget, tables that differ in nothing but digits of their names become one entry.
 *
 * Identifiers stand as SQL must spell them; comments and labels are cut and cleaned, and remain untrusted data.
 *
 * @throws IntrospectionError `INVALID_OPTIONS`
 */
export function renderCompact(source: RenderSource, options: RenderCompactOptions = {}): string {
  checkOptions('renderCompact()', options, ['maxTokens', 'countTokens', ...COMPACT_DETAILS]);
  const { maxTokens = Number.POSITIVE_INFINITY, countTokens = estimateTokens, ...details } = options;
  checkPositive('maxTokens', maxTokens);
  checkDetails(details);
  const all = isCatalog(source) ? source.tables : source;
  const referenceOf = referencesAmong(all, isCatalog(source));
  const shown = shownTables(source);
  const texts = shown.map((table) => compactTable(table, referenceOf, details));
  const whole = texts.join('\n');
  // Most schemas fit whole: one count instead of one per table.
  if (maxTokens === Number.POSITIVE_INFINITY || countTokens(whole) <= maxTokens) return whole;
  // Tables that somebody asked for by name stay apart.
  if (!isCatalog(source)) return packTexts(shown, texts, maxTokens, countTokens);
  const families = foldFamilies(shown);
  return packTexts(
    families.map(({ table }) => table),
    families.map(({ table, members }) => compactTable(table, referenceOf, { ...details, family: members })),
    maxTokens,
    countTokens,
  );
}

/** Tokens of a budget that stay free for the names of what is left out: a tenth, within sensible limits. */
export function tokensForNames(maxTokens: number): number {
  return Math.min(300, Math.max(0.1 * maxTokens, 20), 0.3 * maxTokens);
}

/** Texts of tables in their order while they fit the budget, then the names of the others. */
function packTexts(
  tables: readonly Table[],
  texts: readonly string[],
  maxTokens: number,
  countTokens: CountTokens,
): string {
  const budget = maxTokens - tokensForNames(maxTokens);
  const omitted: Table[] = [];
  const lines: string[] = [];
  let used = 0;
  tables.forEach((table, place) => {
    const text = texts[place] ?? '';
    // One more for the line break, which a tokenizer may not join with its neighbours.
    const cost = countTokens(text) + 1;
    if (used + cost <= budget) {
      lines.push(text);
      used += cost;
    } else omitted.push(table);
  });
  lines.push(nameOmitted(omitted, maxTokens - used, countTokens));
  return lines.filter((line) => line !== '').join('\n');
}

/** One line with the names of tables that did not fit, as many as fit; empty when not even their number does. */
export function nameOmitted(omitted: readonly Table[], maxTokens: number, countTokens: CountTokens): string {
  if (omitted.length === 0) return '';
  const count = `-- ${omitted.length} tables not shown`;
  // Pieces are counted apart and added up: never less than their sum, and linear in the number of names.
  let used = countTokens(count) + 8;
  if (used >= maxTokens) return '';
  const names: string[] = [];
  for (const table of omitted) {
    const name = referenceTo(table);
    used += countTokens(`, ${name}`);
    if (used >= maxTokens) break;
    names.push(name);
  }
  if (names.length === 0) return count;
  const more = omitted.length - names.length;
  return `-- not shown: ${names.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
