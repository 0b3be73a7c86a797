import { z } from 'zod';
import { nearestName } from '../nearest.ts';
import { expectations } from './kinds.ts';
import { parseYaml } from './parse-yaml.ts';
import { type PolicyConfiguration, policySettings, readPolicy, type WrittenPolicy } from './sections/policy.ts';

const EXPECTED = 'a mapping with keys of the section Security, in JSON where it stands in the environment';

const schema = z.strictObject(policySettings);

/**
 * The kind of setting that holds a policy of its own for one database: a mapping in the file, the same as JSON in the environment.
 * Gives what was written, checked as the section is.
 */
export function policyMapping() {
  const mapping = z.unknown().transform((raw, context): Partial<PolicyConfiguration> => {
    const refuse = (cure: string) => {
      context.addIssue({ code: 'custom', message: EXPECTED, params: { cure } });
      return z.NEVER;
    };
    const read = typeof raw === 'string' ? parseYaml(raw) : { value: raw };
    if ('reason' in read) return refuse(`It is ${read.reason}.`);
    if (typeof read.value !== 'object' || read.value === null || Array.isArray(read.value)) return refuse('');
    const parsed = schema.safeParse(read.value);
    if (!parsed.success) return refuse(parsed.error.issues.map(describeIssue).join(' '));
    const problems: string[] = [];
    const policy = readPolicy(
      parsed.data as WrittenPolicy,
      (name, message) => void problems.push(`${name}: ${message}`),
    );
    return problems.length === 0 ? policy : refuse(problems.join(' '));
  });
  expectations.add(mapping, { expected: EXPECTED });
  return mapping;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return `${issue.path.join('.')} must be ${issue.message}.`;
  return issue.keys
    .map((key) => {
      const near = nearestName(key, Object.keys(policySettings));
      return `There is no key ${key} here.${near === undefined ? '' : ` Did you mean ${near}?`}`;
    })
    .join(' ');
}
