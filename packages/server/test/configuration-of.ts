import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { ConfigurationError } from '../src/config/configuration-error.ts';
import { type ConfigurationSources, loadConfiguration } from '../src/config/load.ts';

/** A folder for the files of each test. */
export function useFiles() {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pgmcp-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return {
    folder: () => folder,
    /** Writes a file there, and gives its path. */
    file(name: string, text: string): string {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
  };
}

/** A connection with a password that no message may hold. */
export const url = 'postgresql://reader:hunter2@db.example.com:5433/shop';

type Environment = ConfigurationSources['environment'];

/** The configuration of an environment, flags and a file. */
export const load = (environment: Environment, rest: Partial<ConfigurationSources> = {}) =>
  loadConfiguration({ environment, ...rest });

/** What is wrong with them. */
export function problemsOf(environment: Environment, rest: Partial<ConfigurationSources> = {}) {
  try {
    load(environment, rest);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  throw new Error('expected a ConfigurationError');
}

/** The one thing that is. */
export function onlyProblem(...sources: Parameters<typeof problemsOf>) {
  const problems = problemsOf(...sources);
  expect(problems, JSON.stringify(problems)).toHaveLength(1);
  return problems[0]!;
}
