import type { Judgement } from '../judgement.ts';
import type { NodePlan } from '../node-plan.ts';
import type { CteScope } from '../scope.ts';
import type { Fields } from '../tree.ts';

/**
 * One node on the stack of the walk, with what its ancestors say about it. The walk uses frames again for other nodes: an inspector reads
 * one while it is called and never keeps it.
 */
export interface Frame {
  fields: Fields;
  plan: NodePlan;
  depth: number;
  scope: CteScope | undefined;
  /** Node that holds this one; empty for the statement itself. */
  parent: string;
  /** Field of that node, as `SelectStmt.fromClause`. */
  place: string;
  /** Product of the constant sizes of the value-building calls around this node; 0 outside of any. Inspectors may change it for the children. */
  size: number;
  /** How many times longer the calls around this node may make its value. Inspectors may change it for the children. */
  growth: number;
  /** Rows that the query around this node makes out of series of constant length. Inspectors may change it for the children. */
  rows: number;
}

/** Judges one node; the walk goes on into its children afterwards. */
export type Inspector = (frame: Frame, judgement: Judgement) => void;
