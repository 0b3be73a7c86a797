import type { ConfigurationProblem } from './configuration-error.ts';
import type { Environment } from './source.ts';

const reference = /\$(\$?)\{([^}]*)\}/g;
const form = /^([A-Za-z_][A-Za-z0-9_]*)(?::([\s\S]*))?$/;

/** Where the values stand, for problems. */
interface Place {
  readonly place: string;
}

/**
 * Puts environment variables in the place of `${NAME}` and `${NAME:default}` in every text of a parsed file; `$${` stands for
 * `${` itself. What a variable holds is a text and stays one: it cannot add keys.
 */
export function expandVariables(
  value: unknown,
  environment: Environment,
  at: Place,
  problems: ConfigurationProblem[],
  path = '',
): unknown {
  if (typeof value === 'string')
    return expandText(value, environment, (message) => problems.push({ key: path, source: at.place, message }));
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) =>
      expandVariables(member, environment, at, problems, `${path}[${index}]`),
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      expandVariables(member, environment, at, problems, path === '' ? key : `${path}.${key}`),
    ]),
  );
}

function expandText(text: string, environment: Environment, problem: (message: string) => void): string {
  return text.replace(reference, (whole: string, second: string, inside: string) => {
    if (second !== '') return whole.slice(1);
    const [, name, fallback] = form.exec(inside) ?? [];
    if (name === undefined) {
      problem(`A reference must be \${NAME} or \${NAME:default}. Write $\${ for the two characters themselves.`);
      return '';
    }
    const value = environment[name];
    if (value !== undefined && value !== '') return value;
    if (fallback === undefined) {
      problem(`The environment variable ${name} is not set. Set it, or write \${${name}:default}.`);
      return '';
    }
    return fallback;
  });
}
