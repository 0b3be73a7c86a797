/** What one argument of a function of an extension may be, and why. */
export type ArgumentRule =
  /** Absent, or a number that can be read off the text, of at most, or of at least, this. */
  | { readonly argument: number; readonly most: number }
  | { readonly argument: number; readonly least: number }
  /** As `most`; the argument may be written as words too (`quad_segs=8 endcap=flat`), whose numbers count. */
  | { readonly argument: number; readonly most: number; readonly words: true }
  /** Surely a number: PostgreSQL takes what it does not know for a text. */
  | { readonly argument: number; readonly is: 'number' }
  | { readonly argument: number; readonly is: 'absent' };

interface LimitedCall {
  readonly why: string;
  readonly rules: readonly ArgumentRule[];
}

/** Harmless calls of extensions that some arguments make into others. `why` is the end of "the call may …". */
export const extensionArguments: ReadonlyMap<string, LimitedCall> = new Map<string, LimitedCall>([
  [
    'st_transform',
    {
      why: 'open files of the server that a definition of PROJ names',
      rules: [
        { argument: 1, is: 'number' },
        { argument: 2, is: 'absent' },
      ],
    },
  ],
  ...points('st_buffer', { argument: 2, most: 100, words: true }),
  ...points('st_offsetcurve', { argument: 2, most: 100, words: true }),
  ...points('st_minimumboundingcircle', { argument: 1, most: 1_000 }),
  ...points('st_generatepoints', { argument: 1, most: 10_000 }),
  ...points('st_lineinterpolatepoints', { argument: 1, least: 0.0001 }),
  ...points('st_frechetdistance', { argument: 2, least: 0.5 }),
  ...points('st_hausdorffdistance', { argument: 2, least: 0.1 }),
  ...points('st_curvetoline', { argument: 1, most: 1_000 }, { argument: 2, is: 'absent' }),
  ...points('st_geohash', { argument: 1, most: 100 }),
]);

function points(name: string, ...rules: readonly ArgumentRule[]) {
  return [[name, { why: 'make as many points or characters as the number says', rules }]] as const;
}

/** Aggregates of extensions that hold a value for each row. */
export const extensionCollectors: ReadonlySet<string> = new Set(
  'st_asflatgeobuf st_asgeobuf st_asmvt st_clusterintersecting st_clusterwithin st_collect st_makeline st_memcollect st_memunion st_polygonize st_union'.split(
    ' ',
  ),
);

/** Calls whose work grows no faster than their arguments. */
export const linearExtensionCalls: ReadonlySet<string> = new Set(
  `st_asbinary st_asewkb st_asewkt st_asgeojson st_asmvt st_asmvtgeom st_astext st_collect st_envelope st_extent st_makeenvelope st_makeline
   st_makepoint st_makepointm st_npoints st_numgeometries st_point st_pointz st_setsrid st_srid st_transform st_translate st_x st_y st_z
   uuid_generate_v1 uuid_generate_v4 nlevel vector_dims`.split(/\s+/),
);
