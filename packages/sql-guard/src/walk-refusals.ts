import { type Judgement, refuse } from './judgement.ts';
import { describeField } from './refusal-text.ts';
import { type Fields, locationOf } from './tree.ts';

/** A field that no table of this mode names. */
export function refuseField(judgement: Judgement, tag: string, field: string, fields: Fields): void {
  refuse(judgement, {
    code: 'field',
    node: `${tag}.${field}`,
    location: locationOf(fields),
    ...describeField(tag, field),
  });
}

/** A value of a kind that the field does not have in the grammar. */
export function refuseShape(judgement: Judgement, tag: string, field: string): void {
  refuse(judgement, {
    code: 'field',
    node: `${tag}.${field}`,
    message: `${tag}.${field} holds something that the grammar of this guard does not have`,
    location: 0,
  });
}

/** Syntax that the server is too old for. */
export function refuseVersion(judgement: Judgement, tag: string, fields: Fields, firstVersion: number): void {
  refuse(judgement, {
    code: 'version',
    node: tag,
    message: `This server reads it as the call of a user's function: the syntax begins with PostgreSQL ${Math.floor(firstVersion / 10_000)}`,
    location: locationOf(fields),
    option: 'serverVersionNum',
  });
}

/** Too many nodes, or too deep. */
export function refuseBulk(judgement: Judgement, node: string, location: number, nodes: boolean): void {
  const { maxNodes, maxDepth } = judgement.policy.limits;
  refuse(judgement, {
    code: nodes ? 'size' : 'depth',
    node,
    message: nodes
      ? `The statement has more than ${maxNodes} nodes`
      : `The statement nests deeper than ${maxDepth} nodes; the server would plan it for seconds`,
    location,
    hint: nodes ? 'Ask for less at once.' : 'Use a list or an array in place of a long chain of operators.',
  });
}
