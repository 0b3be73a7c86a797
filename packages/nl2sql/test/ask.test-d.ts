import { describe, expectTypeOf, it } from 'vitest';
import {
  type AskPorts,
  createAsk,
  type Outcome,
  type ResultTable,
  type SqlParse,
  type SqlVerdict,
} from '../src/index.ts';

interface EncodedTable extends ResultTable {
  readonly row_count: number;
}
declare const ports: AskPorts<EncodedTable>;

describe('the types', () => {
  it('give back the table of the runner as it is', async () => {
    const outcome = await createAsk(ports)('?');
    expectTypeOf(outcome).toEqualTypeOf<Outcome<EncodedTable>>();
    if (outcome.kind === 'answered') expectTypeOf(outcome.result).toEqualTypeOf<EncodedTable | undefined>();
  });

  it('tell the outcomes apart', () => {
    type Kind = Outcome['kind'];
    expectTypeOf<Kind>().toEqualTypeOf<
      'answered' | 'needs_clarification' | 'unanswerable' | 'refused' | 'failed' | 'handed_over'
    >();
  });

  it('take richer verdicts, trees and catalogs than they need', () => {
    type Violation = {
      code: 'syntax' | 'function';
      node: string;
      message: string;
      position: { line: number; column: number; length: number };
    };
    expectTypeOf<{
      allowed: false;
      violations: readonly [Violation, ...Violation[]];
      retryable: boolean;
    }>().toExtend<SqlVerdict>();
    expectTypeOf<{
      allowed: true;
      fingerprint: string;
      relations: readonly { name: string; access: 'read' }[];
    }>().toExtend<SqlVerdict>();
    type Parsed = {
      parsed: true;
      tree: { version: number; stmts: readonly { stmt: Readonly<Record<string, unknown>>; stmt_len?: number }[] };
    };
    expectTypeOf<{
      parse(sql: string): Promise<Parsed | { parsed: false; violations: readonly Violation[] }>;
      close(): void;
    }>().toExtend<SqlParse>();
  });
});
