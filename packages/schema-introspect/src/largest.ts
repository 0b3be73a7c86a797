/** The largest of some numbers from 0 on; 0 of none. `Math.max(...numbers)` overflows the stack beyond some hundred thousand. */
export function largest(numbers: readonly number[]): number {
  let best = 0;
  for (const number of numbers) if (number > best) best = number;
  return best;
}
