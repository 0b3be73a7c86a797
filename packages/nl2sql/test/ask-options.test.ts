import { describe, expect, it } from 'vitest';
import { createAsk, Nl2sqlError } from '../src/index.ts';
import { scriptedPorts } from './scripted-ports.ts';

/** The ports of the script without its records. */
const ports = () => {
  const { schema, check, runner } = scriptedPorts();
  return { schema, check, runner };
};

describe('createAsk', () => {
  it.each([
    ['an unknown option', { maxRepair: 1 }, /"maxRepair". Did you mean maxRepairs\?/],
    ['a number of repairs out of range', { maxRepairs: -1 }, /maxRepairs must be a whole number from 0 to 10/],
    ['an unknown time zone', { timeZone: 'Mars/Base' }, /Mars\/Base/],
  ])('throws for %s', (_, options, message) => {
    expect(() => createAsk(ports(), options as never)).toThrow(message);
    expect(() => createAsk(ports(), options as never)).toThrow(Nl2sqlError);
  });

  it.each(['schema', 'check', 'runner'] as const)('throws where there is no %s', (port) => {
    expect(() => createAsk({ ...ports(), [port]: undefined } as never)).toThrow(`ports needs ${port}.`);
  });

  it('throws for a port without its methods', () => {
    expect(() => createAsk({ ...ports(), runner: {} as never })).toThrow(
      /runner must be an object with explain\(\) and run\(\)/,
    );
  });

  it('rejects an unknown option of a question', async () => {
    await expect(createAsk(ports())('Which?', { rows: 1 } as never)).rejects.toThrow(/does not know the option "rows"/);
  });
});
