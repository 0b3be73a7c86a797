import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../src/config/configuration-error.ts';
import { describeConfiguration } from '../src/config/describe.ts';
import { loadConfiguration } from '../src/config/load.ts';

/** What a person sees of a configuration: its description, or the error. */
function shown(environment: Readonly<Record<string, string>>): string {
  try {
    return describeConfiguration(loadConfiguration({ environment }));
  } catch (error) {
    if (error instanceof ConfigurationError) return `${error.message} ${JSON.stringify(error.problems)}`;
    throw error;
  }
}

describe('a connection URL', () => {
  it.each([
    ['postgresql://u:SEK/RET99@h/x', /write \/ .* in the password as %2F/],
    ['postgresql://u:1234/RET99@h', /Write it as %40/],
    ['postgresql://u:12@SEK/RET99@h', /Write it as %40/],
    ['postgresql://u:12?RET99@h/x', /Write it as %40/],
    ['postgresql://u:12?dbname=RET99@h/x', /Write it as %40/],
    ['postgresql://u:SEK#RET99@h/x', /%23/],
    ['postgresql://u:SEK:RET99,h/x', /port must be a number|IPv6/],
    ['postgresql://u:SEK%RET99@h/x', /write % as %25/],
    ['postgresql://u:SEKRET99@h:99999/x', /port must be a number from 1 to 65535/],
    ['postgresql://u:SEKRET99@h/x?sslmode', /no "=" and value/],
    ['postgresql://u:SEKRET99@h/x?sslmode=require&sslmode=disable', /given twice/],
  ])('that cannot be read is refused without a part of it: %s', (url, message) => {
    const text = shown({ DATABASE_URL: url });
    expect(text).toMatch(/DATABASE_URL \(environment\): /);
    expect(text).toMatch(message);
    expect(text).not.toMatch(/SEK|RET99|1234/);
  });

  it.each([
    ['postgresql://u:SEK@RET99@h:5433/x', '[secret], at h:5433/x'],
    ['postgresql://u:SEKRET99@[::1]:5433/x', '[secret], at [::1]:5433/x'],
    ['postgresql://u:SEKRET99@a:1,b:2/x', '[secret], at a:1,b:2/x'],
    ['postgresql://u:SEKRET99@%2Fvar%2Frun/x', '[secret], at /var/run/x'],
    ['postgresql://u:SEKRET99@h', '[secret], at h'],
    ['postgresql://u:SEKRET99@h/SEK%20RET99', '[secret], at h'],
    ['postgresql://u@SEK%20RET99/x', '[secret]'],
    ['postgresql:///x?host=h&user=u&password=SEKRET99', '[secret]'],
  ])('shows hosts, ports and database, and nothing else: %s', (url, expected) => {
    const text = shown({ DATABASE_URL: url });
    expect(/databases\[0\]\.url = (.*?) {2}/.exec(text)?.[1]?.trim()).toBe(expected);
    expect(text).not.toMatch(/SEK|RET99/);
  });

  it('names the database by its parameter dbname, as the connection does', () => {
    const { databases } = loadConfiguration({ environment: { DATABASE_URL: 'postgresql://h/a?dbname=b' } });
    expect(databases.map(({ name }) => name)).toEqual(['b']);
  });

  it('in the place of a host is refused and not shown', () => {
    const text = shown({ PG_MCP_DATABASE_HOST: 'postgresql://u:SEKRET99@h/x', PG_MCP_DATABASE_DBNAME: 'x' });
    expect(text).toMatch(/PG_MCP_DATABASE_HOST \(environment\): It must be a host name/);
    expect(text).not.toContain('SEKRET99');
  });
});
