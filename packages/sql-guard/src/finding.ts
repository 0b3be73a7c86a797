import type { ViolationCode } from './verdict.ts';

/** A violation before its place is known in lines and columns. */
export interface Finding {
  readonly code: ViolationCode;
  readonly node: string;
  readonly message: string;
  /** UTF-8 byte offset. */
  readonly location: number;
  readonly name?: string;
  readonly option?: string;
  readonly hint?: string;
}
