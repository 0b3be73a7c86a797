import { expect, it } from 'vitest';
import { createInFlight } from '../src/in-flight.ts';

it('a shutdown waits for the calls under way, but not past its deadline', async () => {
  const inFlight = createInFlight();
  expect(await inFlight.settled(0)).toBe(true);
  const first = inFlight.start();
  const second = inFlight.start();
  expect(inFlight.count).toBe(2);
  expect(await inFlight.settled(5)).toBe(false);
  const settled = inFlight.settled(10_000);
  first();
  first();
  expect(inFlight.count).toBe(1);
  second();
  expect(await settled).toBe(true);
});
