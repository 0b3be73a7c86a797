import type { PairedDifference } from '../bootstrap.ts';
import type { DoubtCount } from './doubts.ts';
import type { OfflineSummary, PredictionSummary } from './summarize-offline.ts';

type Row = readonly [measure: string, name: string, value: string];

const share = (value: number | undefined): string => (value === undefined ? '–' : `${(100 * value).toFixed(1)} %`);
const ofAll = (part: number, whole: number): string =>
  `${part} of ${whole}${whole === 0 ? '' : ` (${share(part / whole)})`}`;
const counts = ({ wrong, right }: DoubtCount): string => `${wrong} wrong, ${right} right`;

/** A run without a model as Markdown, with its difference to another one where that is given. */
export function renderOfflineReport(
  title: string,
  summary: OfflineSummary,
  differences: Readonly<Record<string, PairedDifference>> = {},
): string {
  const { goldStatements, goldStopped, goldBinding, predictions } = summary;
  const tokens = Object.entries(summary.promptTokensP50).map(([section, count]) => `${section} ${count}`);
  const rows: Row[] = [
    ['', 'cases', String(summary.cases)],
    [
      'M1',
      'tables of the right statement shown (all of them in a case)',
      `${share(summary.tableRecall)} (${share(summary.strictTableRecall)})`,
    ],
    ['M2', 'tokens of the schema, p50 / p95', `${summary.schemaTokensP50} / ${summary.schemaTokensP95}`],
    ['M2', 'tokens of the prompt by section, estimated, p50', tokens.join(', ')],
    ['M3', 'right statements stopped by check or EXPLAIN', `${goldStopped} of ${goldStatements}`],
    ['M5', 'right statements that bind, where necessary after repair', ofAll(goldBinding, goldStatements)],
    ...(predictions === undefined ? [] : predictionRows(predictions)),
    [
      'M6',
      'texts of conditions found, hits per question',
      `${share(summary.valueRecall)}, ${summary.valueHitsPerQuestion?.toFixed(2) ?? '–'}`,
    ],
    ['M8', 'answerable told from unanswerable (AUC)', summary.answerabilityAuc?.toFixed(3) ?? '–'],
    ['M9', 'added latency, p50 / p95', `${summary.addedMsP50.toFixed(1)} / ${summary.addedMsP95.toFixed(1)} ms`],
  ];
  const shares = Object.entries(summary.stageShares).map(([stage, part]) => `${stage} ${(100 * part).toFixed(0)} %`);
  const stopped = Object.entries(summary.goldErrors).map(([name, count]) => `${name} ${count}`);
  return `${[
    `# ${title}`,
    '',
    '| | | |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    `Share of each stage in the added time: ${shares.join(', ')}.`,
    ...(stopped.length > 0 ? ['', `Stopped: ${stopped.join(', ')}.`] : []),
    ...(predictions === undefined ? [] : errorTable(predictions)),
    ...Object.entries(differences).map(
      ([measure, { difference, low, high, questions }]) =>
        `\nAgainst the run before, ${measure}: ${points(difference)} points (95 % interval ${points(low)} to ${points(high)}, ${questions} questions).`,
    ),
  ].join('\n')}\n`;
}

const points = (value: number): string => (100 * value).toFixed(1);

function predictionRows({ failing, repaired, changed, right, feedback, doubts }: PredictionSummary): Row[] {
  const { lacking, any, all } = feedback;
  return [
    ['M4', 'failing predictions that bind after repair', ofAll(repaired, failing)],
    ['M4', 'running predictions changed', String(changed)],
    ...(right === undefined
      ? []
      : ([
          ['M4', 'right answers before and after repair', `${right.before} and ${right.after} of ${right.compared}`],
        ] as Row[])),
    ['M4b', 'feedback on an unknown column names a missing one', ofAll(any, lacking)],
    ['M4b', 'feedback names all missing ones', ofAll(all, lacking)],
    ...(doubts === undefined
      ? []
      : ([
          ['M7', 'answers of predictions that ran', counts(doubts.answers)],
          ['M7', 'of these with a finding', counts(doubts.flagged)],
          ['M7', 'of these implausible', counts(doubts.implausible)],
          [
            'M7',
            'confidence: AUC / calibration error',
            `${doubts.confidenceAuc?.toFixed(3) ?? '–'} / ${doubts.calibrationError.toFixed(3)}`,
          ],
        ] as Row[])),
  ];
}

function errorTable({ byError, doubts }: PredictionSummary): string[] {
  const errors = Object.entries(byError).sort(([, left], [, right]) => right.failing - left.failing);
  const flags = Object.entries(doubts?.byFlag ?? {});
  return [
    ...(errors.length === 0 ? [] : ['', '| error of a prediction | failing | bind after repair |', '|---|---|---|']),
    ...errors.map(([error, { failing, repaired }]) => `| ${error} | ${failing} | ${repaired} |`),
    ...(flags.length === 0 ? [] : ['', '| finding | wrong | right |', '|---|---|---|']),
    ...flags.map(([flag, { wrong, right }]) => `| ${flag} | ${wrong} | ${right} |`),
  ];
}
