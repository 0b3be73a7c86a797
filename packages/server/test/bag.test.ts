import { describe, expect, it } from 'vitest';
import { createBag } from '../src/bag.ts';

describe('a bag', () => {
  it('holds what was added until it is taken out, in whatever order', () => {
    const bag = createBag<string>();
    const [first, second, third] = ['a', 'b', 'c'].map((item) => bag.add(item));
    expect([...bag].toSorted()).toEqual(['a', 'b', 'c']);
    first?.();
    expect([...bag].toSorted()).toEqual(['b', 'c']);
    third?.();
    expect([...bag]).toEqual(['b']);
    second?.();
    expect(bag.size).toBe(0);
  });

  it('takes an item out once', () => {
    const bag = createBag<string>();
    const takeOut = bag.add('a');
    takeOut();
    bag.add('b');
    takeOut();
    expect([...bag]).toEqual(['b']);
  });

  it('holds equal items apart', () => {
    const bag = createBag<number>();
    const takeOut = bag.add(1);
    bag.add(1);
    takeOut();
    expect([...bag]).toEqual([1]);
  });

  it('lets items be taken out while they are gone through', () => {
    const bag = createBag<() => void>();
    const seen: number[] = [];
    for (const number of [1, 2, 3]) {
      const takeOut = bag.add(() => {
        seen.push(number);
        takeOut();
      });
    }
    for (const end of bag) end();
    expect(seen.toSorted()).toEqual([1, 2, 3]);
    expect(bag.size).toBe(0);
  });
});
