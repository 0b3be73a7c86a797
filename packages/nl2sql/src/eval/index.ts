export type { GateStage } from '../static-gate.ts';
export { areaUnderCurve, type ScoredItem } from './area-under-curve.ts';
export { isSignificantlyWorse, type PairedDifference, pairedBootstrap } from './bootstrap.ts';
export { type CaseFormat, type EvalCase, expandVariants, readCaseList, readCases } from './cases.ts';
export { type ComparisonOptions, compareResults, type ResultComparison, type TypedTable } from './compare-results.ts';
export { type CaseResult, type EvalSetup, evaluate, isOrdered } from './evaluate.ts';
export type { DoubtCount, DoubtedAnswer, DoubtSummary } from './offline/doubts.ts';
export type { PredictionResult } from './offline/judge-prediction.ts';
export {
  type AddedStage,
  evaluateOffline,
  type OfflineResult,
  type OfflineSetup,
  type PromptSection,
} from './offline/measure-case.ts';
export type { OfflinePorts } from './offline/offline-ports.ts';
export { renderOfflineReport } from './offline/render-offline.ts';
export {
  compareOfflineRuns,
  type OfflineSummary,
  type PredictionSummary,
  summarizeOffline,
} from './offline/summarize-offline.ts';
export { type Bar, renderBars } from './plot.ts';
export { readPredictions } from './predictions.ts';
export { createReplayModel } from './replay-model.ts';
export {
  compareRuns,
  type EvalDifference,
  type EvalSummary,
  renderReport,
  summarize,
} from './report.ts';
