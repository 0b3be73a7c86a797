// Records found by meaning, in PGlite with pgvector: no server. The vectors come from an endpoint that speaks OpenAI's protocol: one in
// this process whose vectors are near when texts share words, or yours, named by EMBEDDINGS_URL, EMBEDDINGS_MODEL and EMBEDDINGS_KEY.
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { createOpenAiEmbedder } from '@pgmcp/nl2sql/openai';
import { createStore } from '@pgmcp/store';
import { startScriptedModel } from '@pgmcp/testing';

const DIMENSIONS = 512;
const { EMBEDDINGS_URL, EMBEDDINGS_MODEL = 'scripted', EMBEDDINGS_KEY = 'none' } = process.env;
const scripted = EMBEDDINGS_URL === undefined ? await startScriptedModel() : undefined;
const embedder = createOpenAiEmbedder({
  baseUrl: EMBEDDINGS_URL ?? scripted?.baseUrl ?? '',
  model: EMBEDDINGS_MODEL,
  apiKey: EMBEDDINGS_KEY,
  dimensions: DIMENSIONS,
});

const database = await PGlite.create({ extensions: { vector } });
const store = createStore({ db: database, autoMigrate: true });
const catalogue = store.collection<{ text: string; price: number }>('catalogue', {
  vector: { dimensions: DIMENSIONS, metric: 'cosine' },
  fields: { price: { type: 'number' } },
});

const articles = [
  { text: 'Light running shoes for long distances on the road', price: 120 },
  { text: 'Trail running shoes with a grip for mud', price: 140 },
  { text: 'A tent for two in the mountains, stands in a storm', price: 310 },
  { text: 'Warm sleeping bag for nights in the mountains', price: 180 },
  { text: 'Umbrella that folds into a pocket', price: 25 },
];
const { vectors } = await embedder.embed(articles.map(({ text }) => text));
const shop = catalogue.within('acme');
await shop.saveMany(
  articles.map((data, index) => ({ id: `article-${index + 1}`, data, embedding: vectors[index] ?? [] })),
);
// Another tenant's records are never anybody's neighbours.
await catalogue.within('globex').save({ data: { text: 'running shoes', price: 1 }, embedding: vectors[0] ?? [] });

await find('running shoes with a good grip');
await find('to sleep two nights in the mountains', { price: { $lt: 200 } });

async function find(wanted: string, where = {}): Promise<void> {
  const [query = []] = (await embedder.embed([wanted])).vectors;
  console.log(`${wanted} ${JSON.stringify(where)}`);
  for (const { record, distance } of await shop.nearest(query, { where, limit: 2 })) {
    console.log(`  ${Math.round((1 - distance) * 100)} %  ${record.data.text}, ${record.data.price}`);
  }
}

await database.close();
await scripted?.close();
