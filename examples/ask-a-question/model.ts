import { startScriptedModel } from '@pgmcp/testing';

/** Where the model is. */
export interface ModelEndpoint {
  readonly endpoint: { readonly baseUrl: string; readonly model: string; readonly apiKey: string };
  close(): Promise<void>;
}

/** What a model would write, by a phrase of the question; the second statement of a list follows the error of the first. */
const SCRIPT: Readonly<Record<string, readonly string[]>> = {
  'How many stores': [written('SELECT count(*) FROM retail.stores')],
  'cities have the most customers': [
    written('SELECT town, count(*) FROM retail.customers GROUP BY town ORDER BY 2 DESC LIMIT 3'),
    written('SELECT city, count(*) FROM retail.customers GROUP BY city ORDER BY 2 DESC, 1 LIMIT 3'),
  ],
  'Delete the orders': [written("DELETE FROM retail.orders WHERE ordered_at < '2026-01-01'")],
  'Which store is the best': [
    JSON.stringify({
      status: 'clarify',
      clarification: { question: 'Best by revenue or by number of orders?', options: ['revenue', 'orders'] },
    }),
  ],
};

/** The endpoint of the environment, or one that answers from the script, over HTTP like any other. */
export async function modelEndpoint(): Promise<ModelEndpoint> {
  const { MODEL_URL: baseUrl, MODEL_NAME: model = 'gpt-5-mini', MODEL_KEY: apiKey = 'none' } = process.env;
  if (baseUrl !== undefined) return { endpoint: { baseUrl, model, apiKey }, close: async () => {} };
  const scripted = await startScriptedModel();
  const asked = new Map<string, number>();
  scripted.replyAlways(({ prompt }) => {
    const [phrase = '', replies = []] = Object.entries(SCRIPT).find(([words]) => prompt.includes(words)) ?? [];
    const round = asked.get(phrase) ?? 0;
    asked.set(phrase, round + 1);
    return replies[Math.min(round, replies.length - 1)] ?? { status: 500 };
  });
  return { endpoint: { baseUrl: scripted.baseUrl, model: 'scripted', apiKey }, close: () => scripted.close() };
}

function written(sql: string): string {
  return JSON.stringify({ sql, interpretation: 'As the question says.', assumptions: [], tables: [] });
}
