export { defaultBudget, type ResultBudget } from './budget.ts';
export { isBuiltInType } from './built-in-types.ts';
export type { Cell } from './encode-column.ts';
export { type EncodedTable, type EncodeOptions, encodeTable } from './encode-table.ts';
export { UNTRUSTED_TEXT_NOTICE, withRemark } from './fence.ts';
export { firstWithin } from './first-within.ts';
export { formatTable, RESULT_FORMATS, type ResultFormat } from './format-table.ts';
export { textCost } from './text-cost.ts';
