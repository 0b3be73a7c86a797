const millisecondsPer = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const bytesPer = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1_024,
  mib: 1_024 ** 2,
  gib: 1_024 ** 3,
  tib: 1_024 ** 4,
} as const;

function quantity(raw: unknown, factors: Readonly<Record<string, number>>, plainFactor: number): number | undefined {
  if (typeof raw === 'number') return Number.isFinite(raw) ? Math.round(raw * plainFactor) : undefined;
  if (typeof raw !== 'string') return undefined;
  const match = /^(\d{1,12}(?:\.\d{1,6})?)\s*([a-z]*)$/i.exec(raw.trim());
  if (match === null) return undefined;
  const unit = (match[2] ?? '').toLowerCase();
  const factor = unit === '' ? plainFactor : Object.hasOwn(factors, unit) ? factors[unit] : undefined;
  return factor === undefined ? undefined : Math.round(Number(match[1]) * factor);
}

/**
 * Reads a length of time: a plain number of seconds, or a number with `ms`, `s`, `m` or `h`.
 *
 * @returns milliseconds, or `undefined` when it is not one
 */
export function parseDurationMs(raw: unknown): number | undefined {
  return quantity(raw, millisecondsPer, 1_000);
}

/**
 * Reads a size: a plain number of bytes, or a number with `kB`, `MB`, `GB`, `TB`, `KiB`, `MiB`, `GiB` or `TiB`.
 *
 * @returns bytes, or `undefined` when it is not one
 */
export function parseByteSize(raw: unknown): number | undefined {
  return quantity(raw, bytesPer, 1);
}
