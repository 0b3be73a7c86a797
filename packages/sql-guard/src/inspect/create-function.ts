import { refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, namesOf, textOf } from '../tree.ts';
import { checkCreatedName, checkFunctionName } from './created-name.ts';
import type { Inspector } from './inspector.ts';
import { checkListedBody } from './listed-tables.ts';

/** Languages whose code can do no more than SQL. All others reach the machine, or may. */
const safeLanguages: ReadonlySet<string> = new Set(['sql', 'plpgsql']);

/** Options of a function that no mode has, by what they would do. */
const refusedOptions: Readonly<Record<string, (argument: unknown) => string | undefined>> = {
  security: (argument) =>
    fieldsOf(argument, 'Boolean')?.['boolval'] === true
      ? 'SECURITY DEFINER would run the code with the rights of its owner'
      : undefined,
  leakproof: (argument) =>
    fieldsOf(argument, 'Boolean')?.['boolval'] === true
      ? 'LEAKPROOF would let the code see rows before row-level security hides them'
      : undefined,
  support: () => 'SUPPORT would run a function while other statements are planned',
  transform: () => 'TRANSFORM would run code of users on each value',
};

/** Return types of code that the server runs by itself, outside of any statement of the application. */
const serverCalled: ReadonlySet<string> = new Set([
  'event_trigger',
  'fdw_handler',
  'index_am_handler',
  'table_am_handler',
  'tsm_handler',
  'language_handler',
  'internal',
]);

/** Judges CREATE FUNCTION and CREATE PROCEDURE, which only an option lets through. The body of one in PL/pgSQL stays unread. */
export const inspectCreateFunction: Inspector = ({ fields }, judgement) => {
  const node = 'CreateFunctionStmt';
  const names = namesOf(fields['funcname']);
  checkCreatedName(judgement, node, names);
  checkFunctionName(judgement, node, names?.at(-1));
  const returned = isFields(fields['returnType']) ? namesOf(fields['returnType']['names'])?.at(-1) : undefined;
  if (returned !== undefined && serverCalled.has(returned)) {
    refuse(judgement, {
      code: 'type',
      node,
      name: returned,
      message: `A function that returns ${returned} is run by the server itself`,
      location: 0,
    });
  }
  const written = listOf(fields['options']).some((item) => fieldsOf(item, 'DefElem')?.['defname'] === 'as');
  if (written) checkListedBody(judgement, node, namesOf(fields['funcname']) ?? []);
  for (const item of listOf(fields['options'])) {
    const option = fieldsOf(item, 'DefElem') ?? {};
    const name = textOf(option['defname']) ?? '';
    const problem =
      name === 'language'
        ? languageProblem(option)
        : Object.hasOwn(refusedOptions, name)
          ? refusedOptions[name]?.(option['arg'])
          : undefined;
    if (problem !== undefined)
      refuse(judgement, { code: 'statement', node, name, message: problem, location: locationOf(option) });
  }
};

function languageProblem(option: Fields): string | undefined {
  const language = textOf(fieldsOf(option['arg'], 'String')?.['sval']) ?? '';
  return safeLanguages.has(language)
    ? undefined
    : `Code in the language ${language} may reach the machine of the server`;
}
