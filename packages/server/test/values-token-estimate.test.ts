import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { countRowsWithin } from '../src/values/budget.ts';
import { textCost } from '../src/values/text-cost.ts';

const rowsOf = (make: (n: number) => string[]) => Array.from({ length: 200 }, (_, n) => make(n));
const hash = (n: number) => ((n * 2_654_435_761) >>> 0).toString(16).padStart(8, '0');

const samples: Readonly<Record<string, string[][]>> = {
  'small numbers': rowsOf((n) => [`${n}`, `${n % 7}`, `${n * 13}`]),
  amounts: rowsOf((n) => [`${(n * 7919) / 100}`, `${n * 104_729}.50`]),
  uuids: rowsOf((n) => [`${hash(n)}-9c0b-4ef8-${hash(n + 1).slice(0, 4)}-${hash(n + 2)}${hash(n + 3).slice(0, 4)}`]),
  timestamps: rowsOf((n) => [`2024-03-${String((n % 28) + 1).padStart(2, '0')} 11:22:33.${100_000 + n}+00`]),
  English: rowsOf((n) => [
    'The quick brown fox jumps over the lazy dog near the river bank.',
    `order ${n} was delivered on time`,
  ]),
  German: rowsOf(() => ['Die Geschäftsführung hat die Überweisung größtenteils rückgängig gemacht.']),
  Japanese: rowsOf(() => ['東京都渋谷区の店舗で商品が返品されました。']),
  'e-mail and addresses': rowsOf((n) => [
    `customer${n}@example.com`,
    `https://shop.example.com/products/${n}?ref=mail`,
  ]),
  json: rowsOf((n) => [`{"id": ${n}, "tags": ["new", "sale"], "price": 12.5}`]),
  base64: rowsOf((n) => [Buffer.from(`${hash(n)}${hash(n * 3)}${hash(n * 7)}`, 'hex').toString('base64')]),
};

describe('the estimate of tokens', () => {
  it.each(Object.entries(samples))('of %s is not far from what a tokenizer counts, and seldom below', (_, rows) => {
    const names = ['name', 'text'];
    const actual = countTokens(JSON.stringify({ columns: names, rows }));
    let low = 0;
    let high = actual * 4;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const { cap } = countRowsWithin({ maxTokens: middle, maxCellCharacters: 8_000 }, names, rows);
      if (cap === undefined) high = middle;
      else low = middle;
    }
    const ratio = high / actual;
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.9);
  });

  it('counts the bytes of JSON exactly', () => {
    for (const text of ['', 'plain', '"\\\n\u0001\u007f', 'é€😀', '\ud7ff\ue000']) {
      expect(textCost(text).bytes).toBe(Buffer.byteLength(JSON.stringify(text)));
    }
  });
});
