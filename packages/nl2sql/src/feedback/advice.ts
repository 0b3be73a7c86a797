import type { AttemptError } from '../attempt-error.ts';

/** What to do about an error, by SQLSTATE or by the codes of a refusal, where PostgreSQL's own message leaves models guessing. */
export function adviceFor({ sqlState, message, violations }: AttemptError): string | undefined {
  if (violations !== undefined) return adviceForRefusal(violations.map(({ code }) => code));
  switch (sqlState) {
    case '42601':
      return 'Use PostgreSQL syntax only: double quotes around names where the schema shows them, no backticks, aggregates with FILTER (WHERE ...), JOIN before WHERE, LIMIT n OFFSET m.';
    case '42702':
      return 'Qualify the column with the table or alias that is meant.';
    case '42703':
      return 'Use only columns of the schema. If the column belongs to another table, join that table along a foreign key.';
    case '42P01':
      return /missing FROM-clause|invalid reference/.test(message)
        ? 'Join the table first, or use the alias that FROM gives it.'
        : 'Use only tables of the schema, written as it shows them.';
    case '42883':
      return adviceForCall(message);
    case '42804':
      return 'Cast one side with ::type so that both have the same type.';
    case '42803':
      return /not allowed in WHERE/.test(message)
        ? 'Conditions on aggregates belong into HAVING.'
        : 'Put every selected column that is no aggregate into GROUP BY, or aggregate first in a subquery.';
    case '42P10':
      return 'With SELECT DISTINCT, order only by what is selected; otherwise group.';
    case '42712':
      return 'Give each use of a table its own alias.';
    case '21000':
      return 'A subquery that is used as a value must give one row: use IN, an aggregate, or ORDER BY with LIMIT 1.';
    case '22012':
      return 'Divide by NULLIF(x, 0).';
    case '22P02':
    case '22007':
    case '22008':
      return 'Some stored text is not of that type: filter it out first, or compare as text.';
    case '42501':
      return 'This role may not read that; use other tables or columns.';
    default:
      return undefined;
  }
}

function adviceForCall(message: string): string {
  const operator = /^operator does not exist: (.+?) [-+*/<>=~!@#%^&|`?]+ (.+)$/.exec(message);
  // A name in quotes is somebody's own, and may say anything; here it would stand outside of the fence.
  if (operator !== null && message.includes('"')) return 'Cast one of the operands, or compare another column.';
  if (operator !== null) {
    return `The operands have the types ${operator[1]} and ${operator[2]}: cast one of them, or compare another column.`;
  }
  const name = /^function (?:pg_catalog\.)?(\w+)\(/.exec(message)?.[1];
  return name === undefined
    ? 'Cast the arguments to the types that the function takes.'
    : `PostgreSQL has no ${name} for these arguments: cast them, or use the function PostgreSQL has for it.`;
}

/** What to write instead of a statement that the check refuses. */
function adviceForRefusal(codes: readonly string[]): string | undefined {
  if (codes.includes('statement') || codes.includes('statements')) {
    return 'Write exactly one statement that only reads. If the question asks for a change, the status is "unanswerable".';
  }
  if (codes.includes('function')) return "Use only PostgreSQL's own functions.";
  return codes.includes('relation') || codes.includes('column') ? 'Use only what the schema shows.' : undefined;
}
