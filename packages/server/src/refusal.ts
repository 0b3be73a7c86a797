import type { GuardMode } from '@pgmcp/sql-guard';
import { type ErrorCode, type ErrorDetails, PgmcpError } from './errors.ts';

/** Settings of this server behind the guard's own options; what has none here cannot be allowed here. */
const SETTINGS: Readonly<Record<string, string>> = {
  'functions.allow': 'PG_MCP_SECURITY_ALLOWED_FUNCTIONS',
  'limits.maxGeneratedSize': 'PG_MCP_SECURITY_MAX_GENERATED_SIZE',
  'tables.allow': 'PG_MCP_SECURITY_ALLOWED_TABLES',
  'statements.allow': 'PG_MCP_SECURITY_ALLOWED_OPERATIONS',
  mode: 'PG_MCP_SECURITY_MODE',
};

/** The setting behind an option of the guard, which may name a value as well: `mode: "standard"`. */
function settingOf(option: string | undefined): string | undefined {
  return option === undefined ? undefined : SETTINGS[option.split(':')[0] ?? ''];
}

/** A violation as the guard, or the question pipeline after it, reports it. */
interface AnyViolation {
  readonly code: string;
  readonly message: string;
  readonly node?: string | undefined;
  readonly name?: string | undefined;
  readonly hint?: string | undefined;
  readonly option?: string | undefined;
  readonly position?: { readonly line: number; readonly column: number } | undefined;
}

/** Codes of the guard that say nothing about harm: the text cannot be judged as it is. */
const CODES: Readonly<Record<string, ErrorCode>> = { syntax: 'SYNTAX_ERROR', input: 'VALIDATION_ERROR' };

/** Tags of statements that change rows; in a mode that writes another tool runs them. */
const CHANGES_ROWS = /^(?:Insert|Update|Delete|Merge|Truncate)Stmt/;

/** Where a statement belongs that a reading tool refuses though the caller may run it. */
function elsewhere(violation: AnyViolation | undefined, mode: GuardMode | undefined): string {
  if (mode === undefined || mode === 'read-only' || !CHANGES_ROWS.test(violation?.node ?? '')) return '';
  return ' Statements that change rows run through execute_transaction.';
}

/**
 * The error of a statement that the guard refused. Says what the statement would have done, where, and what would allow it.
 *
 * @param mode what the caller may do with other tools
 */
export function refusal(violations: readonly AnyViolation[], mode?: GuardMode): PgmcpError {
  const [first] = violations;
  const code = CODES[first?.code ?? ''] ?? 'UNSAFE_SQL';
  const place = first?.position ? ` (line ${first.position.line}, column ${first.position.column})` : '';
  const hint = first?.hint ? ` ${first.hint}` : elsewhere(first, mode);
  const reason = (first?.message ?? 'it is not known to be harmless').replace(/\.$/, '');
  const message = `${code === 'UNSAFE_SQL' ? 'The statement was refused: ' : ''}${reason}${place}.${hint}`;
  return new PgmcpError(code, message, { details: detailsOf(code, violations) });
}

function detailsOf(code: ErrorCode, violations: readonly AnyViolation[]): ErrorDetails {
  const position = violations[0]?.position;
  if (code === 'SYNTAX_ERROR') return { sqlstate: '42601', ...(position && { position: lineAndColumn(position) }) };
  return {
    violations: violations.map((violation) => ({
      code: violation.code,
      ...(violation.node !== undefined && { node: violation.node }),
      ...(violation.name !== undefined && { name: violation.name }),
      message: violation.message,
      ...(violation.position && { position: lineAndColumn(violation.position) }),
      ...(settingOf(violation.option) !== undefined && { option: settingOf(violation.option) }),
    })),
  };
}

function lineAndColumn({ line, column }: { readonly line: number; readonly column: number }) {
  return { line, column };
}
