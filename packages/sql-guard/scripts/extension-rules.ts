/**
 * Which functions of extensions have no place in a pack although their volatility would let them in, which have one although it would not,
 * and why. `generate-extensions.ts` applies these rules to the members of each extension; names may end with a star.
 */
export interface ExtensionRules {
  /** Extensions that the rule is about; every extension when absent. */
  readonly extension?: string;
  readonly why: string;
  readonly names: string;
}

/** VOLATILE functions that change nothing: they draw random numbers, read the clock, or are labelled so by mistake. */
export const accepted: readonly ExtensionRules[] = [
  { why: 'random numbers', names: 'uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_random_uuid' },
  { extension: 'postgis', why: 'random numbers', names: 'st_generatepoints st_clusterkmeans' },
  { extension: 'postgis', why: 'another name of ST_SymDifference', names: 'st_symmetricdifference' },
];

export const refusals: readonly ExtensionRules[] = [
  { why: 'changes or shows a setting of the session', names: 'set_limit show_limit isn_weak' },
  { why: 'keys and passwords', names: 'pgp_* encrypt* decrypt* dearmor armor gen_random_bytes' },
  { why: 'work that grows with a number in a text, where no timeout stops it', names: 'crypt gen_salt' },
  { why: 'the inside of a type', names: '*_in *_out *_recv *_send *_handler *_lexize *_init' },
  {
    extension: 'postgis',
    why: 'the inside of other functions',
    names: '_* postgis_transform_geometry postgis_index_*',
  },
  { extension: 'postgis', why: 'runs SQL text; labelled IMMUTABLE or STABLE', names: 'st_findextent' },
  { extension: 'postgis', why: 'makes tables, or rows of any type out of bytes', names: 'st_fromflatgeobuf*' },
  { extension: 'postgis', why: 'reads the catalog or tables by name', names: 'postgis_constraint_* find_srid' },
  {
    extension: 'postgis',
    why: 'shows paths of the server since 3.4',
    names: 'postgis_full_version postgis_proj_version',
  },
  {
    extension: 'postgis',
    why: 'reads XML, whose entities grow',
    names: 'st_geomfromgml st_gmltosql st_geomfromkml st_geomfrommarc21',
  },
  {
    extension: 'postgis',
    why: 'a short text makes gigabytes of points: the length of the line is not in the call, or calls multiply',
    names: 'st_segmentize st_chaikinsmoothing',
  },
];

/**
 * Functions of versions after the one that the pack is made from, by hand from PostGIS's documentation (3.4 to 3.6): geometry in, geometry
 * or numbers out. Not ST_TransformPipeline and ST_InverseTransformPipeline, whose text PROJ reads files for, nor ST_LargestEmptyCircle,
 * whose work grows with a tolerance.
 */
export const laterFunctions: Readonly<Record<string, string>> = {
  postgis: `st_clusterwithinwin st_clusterintersectingwin st_coverageunion st_coverageinvalidedges st_coveragesimplify st_coverageclean
    st_hasm st_hasz st_lineextend st_numcurves st_curven st_removesmallparts st_removeirrelevantpointsforview`,
};

const applies = (rule: ExtensionRules, extension: string, name: string): boolean =>
  (rule.extension === undefined || rule.extension === extension) &&
  rule.names.split(/\s+/).some((pattern) => {
    const [head = '', tail] = pattern.split('*');
    return tail === undefined
      ? name === pattern
      : name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
  });

export const isAccepted = (extension: string, name: string): boolean =>
  accepted.some((rule) => applies(rule, extension, name));

export const isRefused = (extension: string, name: string): boolean =>
  refusals.some((rule) => applies(rule, extension, name));
