import type { CatalogSnapshot } from '../ports.ts';
import { wordsOf } from '../words.ts';
import { indexValues } from './value-index.ts';

/** How much of a question a database knows. */
export interface Coverage {
  /** Share of the question's content words that names, comments or values have, 0 to 1. */
  readonly share: number;
  /** Content words that nothing in the database is called. */
  readonly missing: readonly string[];
}

// Words of asking and reckoning: they say what to do with the data, not what the data is about.
const reckoning = new Set(
  `about above according across after again against ago along also amount annual any anything appear apply approximately
around arrange ascend ascending asc associate associated assume at available average avg away back base based become before
begin beginning below belong best better between beyond big bigger biggest both bottom break breakdown bring brought but
calculate calculation calendar called can case cast certain change characters check closest combination combine combined come compare
compared comparison complete consider considering consist contain containing convert corresponding could count counted cumulative current
currently daily data database date datetime day decimal decrease decreasing define denote depending desc descend descending
describe detail determine differ difference different digit display distinct distribution divide divided down due duration during earlier
earliest early eight either eldest else end ending enough entire equal equivalent estimate even ever every exact exactly example exceed except
exclude excluding exist express extract fall far fast faster fastest few fewer fewest fifth filter final finally find fine first five follow
followed following form format found four fourth frequency frequent frequently full further generate get give given go good got great
greater greatest group grouped grouping half happen help her here high higher highest him hour how however id identify ignore include included
including inclusive increase increasing indicate individual information inside instance instead integer interval it item itself just
keep know known label large larger largest last late later latest least left length let letter like limit list little long longer
longest look low lower lowest made main major make many mark match matching max maximum may mean measure median member mention might min minimum minute
minor miss missing mode moment month monthly more most much multiple must name named near nearest necessary need neither never new newest next nine none
nonzero normal note nothing null num number numeric obtain occur occurred occurrence off often old older oldest once one only open operate
order ordered ordering original otherwise out output over overall own pair part particular per percent percentage period
please point portion position possible present previous previously print prior proportion provide put quarter query quick quickest range rank ranked ranking rate
rather ratio recent recently record regardless regular relate related relation relationship relative relevant remain remaining remove report represent
require respect respective respectively rest result retrieve return returned right round row run same second see select sensitive separate
separately sequence serve set seven several shall short shorter shortest should show sign similar simple since single six small smaller
smallest so some sort sorted specific specified split standard start started starting starts still string sub such sum summary table take taken tell ten
term than that their them then there these they thing third those three through throughout till time timestamp to today together
top total totals true twice two type under unique unit unix until up upon use used using usually value various vary versus via want
way week weekday weekend weekly well what when where whether which while who whole whose why will with within without word work would write
written year yearly yes yesterday yet young younger youngest zero sql postgre postgres output column want know across utc hh mm ss
tie tied broken alphabetical alphabetically case insensitive insensitively exclusive against per`.split(/\s+/),
);

const leastPrefix = 5;

/**
 * Tells how much of a question the names, comments and known values of a database cover. Quoted texts, numbers and words
 * of reckoning do not count. A low share is a hint that the data is missing, never a proof: people say things otherwise.
 */
export function coverageOf(question: string, snapshot: CatalogSnapshot): Coverage {
  const vocabulary = vocabularyOf(snapshot);
  const spoken = question.replace(/"[^"]*"|“[^”]*”|(?<!\p{L})'[^']*'(?!\p{L})|\([^)]*\)/gu, ' ');
  const words = [...new Set(wordsOf(spoken))].filter(
    (word) => word.length > 2 && !/\d/.test(word) && !reckoning.has(word),
  );
  const values = indexValues(snapshot);
  const missing = words.filter(
    (word) => !vocabulary.knows(word) && values.equal(word).length === 0 && values.phrasesWith(word).length === 0,
  );
  return { share: words.length === 0 ? 1 : 1 - missing.length / words.length, missing };
}

interface Vocabulary {
  knows(word: string): boolean;
}

const vocabularies = new WeakMap<CatalogSnapshot, Vocabulary>();

function vocabularyOf(snapshot: CatalogSnapshot): Vocabulary {
  const known = vocabularies.get(snapshot);
  if (known !== undefined) return known;
  const words = new Set<string>();
  for (const { name, columns } of snapshot.tables) {
    for (const text of [name, ...columns.flatMap((column) => [column.name, column.comment ?? ''])]) {
      for (const word of wordsOf(text)) words.add(word);
    }
  }
  const prefixes = new Set(
    [...words].map((word) => word.slice(0, leastPrefix)).filter((prefix) => prefix.length === leastPrefix),
  );
  const joined = [...words].filter((word) => word.length > 6).join(' ');
  const vocabulary: Vocabulary = {
    // Beginnings stand in for stems: publish, published, publication. Names often run words together.
    knows: (word) =>
      words.has(word) ||
      (word.length >= leastPrefix && prefixes.has(word.slice(0, leastPrefix))) ||
      (word.length >= 4 && joined.includes(word)),
  };
  vocabularies.set(snapshot, vocabulary);
  return vocabulary;
}
