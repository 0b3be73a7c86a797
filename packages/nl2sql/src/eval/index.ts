export { areaUnderCurve, type ScoredItem } from './area-under-curve.ts';
export { type PairedDifference, pairedBootstrap } from './bootstrap.ts';
export { type CaseFormat, type EvalCase, expandVariants, readCaseList, readCases } from './cases.ts';
export { type ComparisonOptions, compareResults, type ResultComparison, type TypedTable } from './compare-results.ts';
export { type CaseResult, type EvalSetup, evaluate, isOrdered } from './evaluate.ts';
export {
  evaluateOffline,
  type OfflinePorts,
  type OfflineResult,
  type OfflineSetup,
  type OfflineSummary,
  summarizeOffline,
} from './offline.ts';
export { type Bar, renderBars } from './plot.ts';
export { readPredictions } from './predictions.ts';
export { createReplayModel } from './replay-model.ts';
export {
  compareRuns,
  type EvalDifference,
  type EvalSummary,
  renderOfflineReport,
  renderReport,
  summarize,
} from './report.ts';
