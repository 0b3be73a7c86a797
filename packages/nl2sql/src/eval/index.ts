export { type PairedDifference, pairedBootstrap } from './bootstrap.ts';
export { type CaseFormat, type EvalCase, expandVariants, readCases } from './cases.ts';
export { type ComparisonOptions, compareResults, type ResultComparison, type TypedTable } from './compare-results.ts';
export { type CaseResult, type EvalSetup, evaluate, isOrdered } from './evaluate.ts';
export { createReplayModel } from './replay-model.ts';
export { compareRuns, type EvalDifference, type EvalSummary, renderReport, summarize } from './report.ts';
