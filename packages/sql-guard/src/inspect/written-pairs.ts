import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, isFields, listOf, locationOf, textOf, untag } from '../tree.ts';

/** Operators that compare each part of one operand with each of the other, without a look at the timeout. */
const pairOperators: ReadonlySet<string> = new Set(['&&', '@>', '<@', '<->', '?#']);
/**
 * Product of the characters of both. Measured: paths of 13,000 characters each take five seconds, arrays of 15,000 texts each nine; columns
 * are not counted, for what they hold is not in the text.
 */
const maxProduct = 25_000_000;
const maxDepth = 8;
const charactersOfElement = 2;

/** Characters that an operand writes out. */
function writtenLength(node: unknown, depth = 0): number {
  const tagged = depth > maxDepth ? undefined : untag(node);
  const fields: Fields = tagged?.fields ?? {};
  const sumOf = (nodes: readonly unknown[]): number =>
    nodes.reduce<number>((sum, item) => sum + writtenLength(item, depth + 1), 0);
  switch (tagged?.tag) {
    case 'A_Const':
      return isFields(fields['sval']) ? (textOf(fields['sval']['sval']) ?? '').length : 1;
    case 'TypeCast':
      return writtenLength(fields['arg'], depth + 1);
    case 'FuncCall':
      return sumOf(listOf(fields['args']));
    case 'A_ArrayExpr':
      return charactersOfElement * listOf(fields['elements']).length;
    case 'A_Expr':
      return sumOf([fields['lexpr'], fields['rexpr']]);
    default:
      return 0;
  }
}

/** Judges an operator between two values that the text writes out. */
export function inspectWrittenPair(symbol: string, fields: Fields, judgement: Judgement): void {
  if (!pairOperators.has(symbol)) return;
  if (writtenLength(fields['lexpr']) * writtenLength(fields['rexpr']) <= maxProduct) return;
  refuse(judgement, {
    code: 'size',
    node: 'A_Expr',
    name: symbol,
    message: `${symbol} compares each part of a long value with each of another one, where no timeout looks`,
    location: locationOf(fields),
  });
}
