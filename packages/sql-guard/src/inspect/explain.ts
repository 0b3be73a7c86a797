import { type Judgement, refuse } from '../judgement.ts';
import { isShownSetting } from '../settings.ts';
import { type Fields, fieldsOf, listOf, locationOf, textOf, untag } from '../tree.ts';
import type { Inspector } from './inspector.ts';

/** Options of EXPLAIN that run nothing; `false` marks the ones that may only be switched off. */
const explainOptions: Readonly<Record<string, true | false | 'format'>> = {
  verbose: true,
  costs: true,
  settings: true,
  generic_plan: true,
  buffers: true,
  summary: true,
  memory: true,
  format: 'format',
  analyze: false,
  timing: false,
  wal: false,
};
const formats = new Set(['text', 'json', 'yaml', 'xml']);

/** The value of a Boolean option as the server reads it; undefined when it is not one. */
export function booleanOption(option: Fields): boolean | undefined {
  if (option['arg'] === undefined) return true;
  const tagged = untag(option['arg']);
  if (tagged?.tag === 'Integer') {
    const value = tagged.fields['ival'] ?? 0;
    return value === 1 ? true : value === 0 ? false : undefined;
  }
  if (tagged?.tag === 'Boolean') return tagged.fields['boolval'] === true;
  const word = tagged?.tag === 'String' ? textOf(tagged.fields['sval'])?.toLowerCase() : undefined;
  if (word === 'true' || word === 'on') return true;
  if (word === 'false' || word === 'off') return false;
  return undefined;
}

function checkOption(option: Fields, judgement: Judgement): void {
  const name = textOf(option['defname']) ?? '';
  const rule = Object.hasOwn(explainOptions, name) ? explainOptions[name] : undefined;
  const finding = { code: 'setting', node: 'ExplainStmt.options', name, location: locationOf(option) } as const;
  if (rule === undefined || option['defnamespace'] !== undefined) {
    refuse(judgement, { ...finding, message: `EXPLAIN option ${name} is not on the list of options that only plan` });
    return;
  }
  if (rule === 'format') {
    const format = textOf(fieldsOf(option['arg'], 'String')?.['sval'])?.toLowerCase() ?? '';
    if (!formats.has(format)) refuse(judgement, { ...finding, message: 'EXPLAIN FORMAT is TEXT, JSON, YAML or XML' });
    return;
  }
  const value = booleanOption(option);
  if (value === undefined) refuse(judgement, { ...finding, message: `EXPLAIN option ${name} takes a Boolean value` });
  else if (value && rule === false) {
    refuse(judgement, {
      ...finding,
      message:
        name === 'analyze'
          ? 'EXPLAIN ANALYZE would run the statement'
          : `EXPLAIN option ${name} needs ANALYZE, which would run the statement`,
      hint: 'Use the tool that explains with analyze: it checks the inner statement by itself.',
    });
  }
}

/** Judges EXPLAIN: each option by itself, since the server lets the last one of a name win. */
export const inspectExplain: Inspector = ({ fields }, judgement) => {
  for (const item of listOf(fields['options'])) {
    const option = fieldsOf(item, 'DefElem');
    if (option) checkOption(option, judgement);
  }
};

/** Judges SHOW by the list of harmless settings. */
export const inspectShow: Inspector = ({ fields }, judgement) => {
  const name = textOf(fields['name']) ?? '';
  if (isShownSetting(name) || judgement.policy.settings.has(name.toLowerCase())) return;
  refuse(judgement, {
    code: 'setting',
    node: 'VariableShowStmt',
    name,
    message:
      name === 'all'
        ? 'SHOW ALL would read every setting, secrets included'
        : `Setting ${name} is not on the list of settings that may be read`,
    location: 0,
    ...(name === 'all' ? {} : { option: 'settings.allow' }),
  });
};
