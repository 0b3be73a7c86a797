import { standingOf } from '../functions/standing.ts';
import { refuse } from '../judgement.ts';
import { fieldsOf, listOf, locationOf, namesOf } from '../tree.ts';
import { inspectCatalogCall } from './catalog-readers.ts';
import { inspectCollector } from './collected-rows.ts';
import { inspectExtensionCall } from './extension-call.ts';
import { inspectGeneratedSize } from './generated-size.ts';
import { inspectJoined, noteWork } from './growth.ts';
import type { Inspector } from './inspector.ts';
import { inspectJsonPath } from './json-path.ts';
import { exponentials, inspectExponential, inspectPower, powers } from './long-numbers.ts';
import { noteLonger } from './nesting.ts';
import { countSorted } from './sorted-work.ts';
import { buildsLength } from './unfolded-expression.ts';
import { inspectPath } from './xml.ts';

/** Calls whose first argument is a path through XML. */
const pathCalls: ReadonlySet<string> = new Set(['xpath', 'xpath_exists', 'xmlexists']);

/** Judges FuncCall: its name, and what its arguments make it build. */
export const inspectFunctionCall: Inspector = (frame, judgement) => {
  const { fields } = frame;
  const location = locationOf(fields);
  const parts = namesOf(fields['funcname']);
  const name = parts?.at(-1);
  if (!parts || name === undefined || parts.length > 2) {
    refuse(judgement, {
      code: 'function',
      node: 'FuncCall',
      message: 'A function name of more than two parts names a database, and only the connected one exists',
      location,
      ...(parts ? { name: parts.join('.') } : {}),
    });
    return;
  }
  const schema = parts.length === 2 ? parts[0] : undefined;
  const standing = standingOf(judgement, schema, name, fields);
  if (!standing.allowed) {
    refuse(judgement, {
      code: standing.code,
      node: 'FuncCall',
      name: parts.join('.'),
      message: standing.reason,
      location,
      ...(standing.option ? { option: standing.option } : {}),
      ...(standing.hint === undefined ? {} : { hint: standing.hint }),
    });
    return;
  }
  judgement.functions.push({ schema, name, builtIn: standing.builtIn, location });
  // What the catalog knows has been judged by it; what it does not know may have been made just now.
  if (!standing.builtIn && !judgement.catalog?.functionsNamed(schema, name).length) judgement.needsCatalog = true;
  if (standing.builtIn && name === 'current_setting' && !fieldsOf(listOf(fields['args'])[0], 'A_Const')?.['sval']) {
    refuse(judgement, {
      code: 'function',
      node: 'FuncCall',
      name: parts.join('.'),
      message: 'current_setting is allowed for setting names that are written out, so that they can be reviewed',
      location,
    });
  }
  if (standing.extension) inspectExtensionCall(name, frame, judgement);
  countSorted(fields, judgement);
  if (!standing.builtIn) return;
  inspectCatalogCall(name, frame, judgement);
  inspectCollector(name, frame, judgement);
  inspectGeneratedSize(name, frame, judgement);
  inspectJoined('FuncCall', fields, name, judgement);
  if (buildsLength(name)) noteLonger(judgement);
  noteWork('FuncCall', name, fields, judgement);
  if (powers.has(name)) inspectPower('FuncCall', fields, judgement);
  else if (exponentials.has(name)) inspectExponential(name, fields, judgement);
  if (name === 'jsonb_pretty') judgement.prettyPrint ??= location;
  if (name.startsWith('jsonb_path_')) inspectJsonPath(listOf(fields['args'])[1], 'FuncCall', name, location, judgement);
  if (!name.startsWith('xml') && !name.startsWith('xpath')) return;
  judgement.usesXml = true;
  if (pathCalls.has(name)) inspectPath(listOf(fields['args'])[0], name, location, judgement);
};
