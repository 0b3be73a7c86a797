import { embedText } from '@pgmcp/testing';
import type { PgvectorServer } from '@pgmcp/testing/pgvector';
import { companionComment } from '../src/semantic/companion.ts';

/** Of every vector in it. */
export const DIMENSIONS = 256;

/** What they say, their kind and their price; their keys are their places. */
export const ARTICLES = [
  ['red running shoes for the road', 'shoes', 80],
  ['blue walking shoes, waterproof', 'shoes', 120],
  ['a tent for two people in the mountains', 'camping', 200],
  ['sleeping bag for cold mountain nights', 'camping', 150],
  ['order form INV-2024-0815 with return label', 'paper', 0],
  ['umbrella', 'rain', 20],
] as const;

/** What the scripted model makes of a text, as SQL. */
export const vectorOf = (text: string, dimensions = DIMENSIONS) => `[${embedText(text, dimensions).join(',')}]`;

/** Makes tables of articles: with vectors of their own, with a table of embeddings beside, and what a search refuses. */
export async function prepareArticles(server: PgvectorServer): Promise<void> {
  await server.prepare(`
    CREATE SCHEMA "Shop";
    CREATE TABLE "Shop"."Articles" (id integer PRIMARY KEY, body text, kind text NOT NULL, price numeric(8,2), "Meaning" vector(${DIMENSIONS}));
    CREATE INDEX ON "Shop"."Articles" USING hnsw ("Meaning" vector_cosine_ops);
    CREATE TABLE short_vectors (id integer PRIMARY KEY, meaning vector(3));
    CREATE TABLE without_key (body text, meaning vector(${DIMENSIONS}));
    CREATE TABLE notes (id bigint PRIMARY KEY, body text);
    CREATE TABLE notes_body_embeddings (id bigint PRIMARY KEY REFERENCES notes ON DELETE CASCADE, embedding vector(${DIMENSIONS}));
    CREATE TABLE lengths (id integer PRIMARY KEY, body text, meaning vector(${DIMENSIONS}));
    CREATE INDEX ON lengths USING hnsw (meaning vector_l2_ops);`);
  for (const [index, [body, kind, price]] of ARTICLES.entries()) {
    await server.prepare('INSERT INTO "Shop"."Articles" VALUES ($1, $2, $3, $4, $5)', [
      index,
      body,
      kind,
      price,
      vectorOf(body),
    ]);
    await server.prepare('INSERT INTO without_key VALUES ($1, $2)', [body, vectorOf(body)]);
    await server.prepare('INSERT INTO lengths VALUES ($1, $2, $3)', [index, body, vectorOf(body)]);
    await server.prepare('INSERT INTO notes VALUES ($1, $2)', [index, body]);
    await server.prepare('INSERT INTO notes_body_embeddings VALUES ($1, $2)', [index, vectorOf(body)]);
  }
  const companion = { schema: 'public', table: 'notes', column: 'body', model: 'embed-small' };
  await server.prepare(`COMMENT ON TABLE notes_body_embeddings IS '${companionComment(companion)}'`);
}
