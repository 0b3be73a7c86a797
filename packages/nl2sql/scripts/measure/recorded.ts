import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A recorded prediction of the evaluation data. */
export interface Prediction {
  readonly i: number;
  readonly db: string;
  readonly sql: string;
  readonly stage: 'ok' | 'bind' | 'parse' | 'multi';
  readonly sqlstate: string | null;
  readonly result: { readonly exact: boolean } | null;
}

export interface BirdQuestion {
  readonly db_id: string;
  readonly question: string;
  readonly evidence: string;
  readonly SQL: string;
}

export const models = ['gpt-4-turbo', 'llama3-70b', 'gpt-35-turbo', 'gpt-35-turbo-instruct', 'mixtral-8x7b'] as const;
export type ModelName = (typeof models)[number];

/** Databases whose schema the recorded models were hardly shown. */
export const hidden = new Set(['thrombosis_prediction', 'european_football_2']);
/** Questions whose right answer depends on the order of rows. */
export const unstable = new Set([254, 264, 271, 285, 406]);
/** Databases that have rows. */
export const withRows = new Set(['superhero', 'toxicology']);

export const readQuestions = (data: string): BirdQuestion[] =>
  JSON.parse(readFileSync(join(data, 'bird_minidev/questions.json'), 'utf8')) as BirdQuestion[];

export const readPredictions = (data: string, model: ModelName): Prediction[] =>
  readFileSync(join(data, `bird_minidev/predictions/${model}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Prediction);
