import { PgmcpError } from './errors.ts';

/** Settings of this server behind the guard's own options; what has none here cannot be allowed here. */
const SETTINGS: Readonly<Record<string, string>> = { 'functions.allow': 'PG_MCP_SECURITY_ALLOWED_FUNCTIONS' };

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

/** The error of a statement that the guard refused. Says what the statement would have done, where, and what would allow it. */
export function refusal(violations: readonly AnyViolation[]): PgmcpError {
  const [first] = violations;
  const syntax = first?.code === 'syntax';
  const place = first?.position ? ` (line ${first.position.line}, column ${first.position.column})` : '';
  const hint = first?.hint ? ` ${first.hint}` : '';
  const reason = (first?.message ?? 'it is not known to be harmless').replace(/\.$/, '');
  const message = `${syntax ? '' : 'The statement was refused: '}${reason}${place}.${hint}`;
  return new PgmcpError(syntax ? 'SYNTAX_ERROR' : 'UNSAFE_SQL', message, {
    details: {
      ...(syntax && { sqlstate: '42601', ...(first.position && { position: lineAndColumn(first.position) }) }),
      ...(!syntax && {
        violations: violations.map(({ code, node, name, message, position, option }) => ({
          code,
          ...(node !== undefined && { node }),
          ...(name !== undefined && { name }),
          message,
          ...(position && { position: lineAndColumn(position) }),
          ...(option !== undefined && SETTINGS[option] && { option: SETTINGS[option] }),
        })),
      }),
    },
  });
}

function lineAndColumn({ line, column }: { readonly line: number; readonly column: number }) {
  return { line, column };
}
