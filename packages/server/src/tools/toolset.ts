/** Groups of tools that an operator switches on together, with what `docs/tools.md` says of each. */
export const TOOLSETS = {
  core: 'Questions, SQL, the structure of the databases.',
  long: 'Statements that run longer than a client waits, and results larger than one answer: handles to one snapshot.',
  search: 'Finding and fetching by words or meaning, in the shape that connectors of chat products expect.',
  memory: 'Remembering answers that a person accepted, for everybody of the same tenant.',
  chart:
    'Pictures of results. Only where the optional packages vega, vega-lite and @resvg/resvg-js are installed beside this one; PNG needs a font on the machine, otherwise the picture is SVG.',
  write: 'Changing data, in the modes that allow it.',
  maintenance: 'Changing structures, VACUUM, ANALYZE and REINDEX, in the mode that allows it.',
  connections: 'Adding and removing databases while the server runs.',
  monitoring: 'State, metrics and history of the server and its databases.',
  advice: 'What to improve: health of a database, indexes.',
} as const;

/** See {@link TOOLSETS}. */
export type Toolset = keyof typeof TOOLSETS;

/** Names of all toolsets, in the order of the documentation. */
export const TOOLSET_NAMES = Object.keys(TOOLSETS) as readonly Toolset[];

/** What `default` in the setting stands for. Tools that write are absent from it too until the mode allows them. */
export const DEFAULT_TOOLSETS: readonly Toolset[] = ['core', 'long', 'write', 'maintenance'];

/** The words of the setting: toolsets by name, and the two words that stand for several. */
export const TOOLSET_WORDS = ['default', 'all', ...TOOLSET_NAMES] as const;

/** One word of the setting. */
export type ToolsetWord = (typeof TOOLSET_WORDS)[number];

/** The toolsets that the words of the setting mean. */
export function toolsetsOf(words: readonly ToolsetWord[]): ReadonlySet<Toolset> {
  return new Set(
    words.flatMap((word): readonly Toolset[] =>
      word === 'all' ? TOOLSET_NAMES : word === 'default' ? DEFAULT_TOOLSETS : [word],
    ),
  );
}
