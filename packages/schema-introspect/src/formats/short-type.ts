/** Spellings that cost a model fewer tokens and are the same type to PostgreSQL. */
const SHORT: Readonly<Record<string, string>> = {
  integer: 'int',
  boolean: 'bool',
  'double precision': 'float8',
  real: 'float4',
  'character varying': 'varchar',
  character: 'char',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
  'bit varying': 'varbit',
};

/** Matches `name(modifiers) rest[]` as `format_type` prints it: `timestamp(3) without time zone[]`. */
const PARTS = /^([^([]+?)(?:\(([^)]*)\))?( with(?:out)? time zone)?((?:\[\])*)$/;

/** A type in its shortest spelling, without length and precision: `character varying(20)[]` gives `varchar[]`. */
export function shortType(type: string): string {
  if (type.startsWith('"')) return type;
  const match = PARTS.exec(type);
  if (!match) return type;
  const [, name = '', , zone = '', arrays = ''] = match;
  return `${SHORT[name + zone] ?? name + zone}${arrays}`;
}
