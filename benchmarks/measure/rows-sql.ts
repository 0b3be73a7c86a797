/** Eight columns of as many types, generated: the table costs little beside its transport. */
export const rowsSql = (count: number): string =>
  `SELECT n AS id, 'customer ' || n AS name, n * 1.5 AS amount, n % 7 = 0 AS vip, DATE '2024-01-01' + n % 365 AS day, ` +
  `TIMESTAMP '2024-01-01' + n * INTERVAL '1 second' AS at, ARRAY[n, n + 1] AS pair, md5(n::text) AS digest ` +
  `FROM generate_series(1, ${count}) AS n`;
