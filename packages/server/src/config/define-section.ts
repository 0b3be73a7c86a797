import type { z } from 'zod';
import type { Environment } from './source.ts';

/** What a section may ask for, and where it reports, while its checked values become what the server uses. */
export interface SectionContext {
  /** The variables that are not ours but count: `OPENAI_API_KEY`. */
  readonly environment: Environment;
  /**
   * Reports what no single value shows, at the place where an operator wrote the setting.
   *
   * @param name - the setting within the section: `timeout`, `azure.endpoint`
   * @param message - cause and cure in whole sentences, without a secret
   */
  problem(name: string, message: string): undefined;
  /** Tells the operator something that is no problem. */
  notice(message: string): void;
}

/** A heading of the documentation. */
export interface SectionText {
  readonly title: string;
  /** What the section is for, before its table. */
  readonly about: string;
}

/** One section of the configuration: its settings, their documentation, and the form in which the server uses them. */
export interface SectionDefinition<Schema extends z.ZodType, Resolved> extends SectionText {
  /** Headings of sections inside this one, by name. */
  readonly nested?: Readonly<Record<string, SectionText>>;
  /** Settings by name; a section inside is a strict object with `.prefault({})`. */
  readonly schema: Schema;
  /** Names units (`timeout` becomes `timeoutMs`), fills in what is absent, and checks settings against each other. */
  resolve(settings: z.output<Schema>, context: SectionContext): Resolved;
}

/** States a section with its types inferred. */
export function defineSection<Schema extends z.ZodType, Resolved>(
  definition: SectionDefinition<Schema, Resolved>,
): SectionDefinition<Schema, Resolved> {
  return definition;
}
