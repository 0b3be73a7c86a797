import type { StatementOption } from '../src/index.ts';

/**
 * The law of section 5 of the design, written down a second time and by hand, so that the table in `modes.ts` cannot prove itself: for each
 * top-level statement of the grammar the mode that has it, statements that pass there, and statements of the same tag that no mode and no
 * option opens.
 */
export interface StatementExample {
  readonly law: 'every mode' | 'standard' | 'standard by option' | 'admin' | 'admin by option' | 'never';
  readonly option?: StatementOption;
  readonly pass: readonly string[];
  readonly refuse: readonly string[];
}
