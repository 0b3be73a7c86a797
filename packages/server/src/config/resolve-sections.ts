import type { ResolvedSections } from './configuration.ts';
import type { ConfigurationProblem } from './configuration-error.ts';
import type { SectionContext } from './define-section.ts';
import { sectionList } from './sections/index.ts';
import type { Environment, Section } from './source.ts';

/** Gives each section the form in which the server uses it, and lets it check its settings against each other. */
export function resolveSections(
  parsed: ReadonlyMap<string, unknown>,
  written: ReadonlyMap<string, Section>,
  environment: Environment,
  { problems, notices }: { readonly problems: ConfigurationProblem[]; readonly notices: string[] },
): ResolvedSections {
  const resolved = sectionList.map(([name, definition]) => {
    const context: SectionContext = {
      environment,
      problem(setting, message) {
        const path = [name, ...setting.split('.')];
        const section = path.slice(0, -1).join('.');
        const source = written.get(section)?.get(path.at(-1) ?? '')?.source;
        problems.push({ key: source?.key ?? path.join('.'), source: source?.place ?? 'default', message });
        return undefined;
      },
      notice: (message) => void notices.push(message),
    };
    return [name, definition.resolve(parsed.get(name), context)];
  });
  return Object.fromEntries(resolved) as ResolvedSections;
}
