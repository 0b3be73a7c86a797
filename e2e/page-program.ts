/** Statements that end an example. On a page later examples go on with what earlier ones opened, so these stand last. */
const CLOSING = /^await \w+\.(?:close|end)\(\);\n/gm;

/** `expression; // true`, or the names of an object, a `?` behind those that may be missing: `expression; // { readAt, lastError? }`. */
const SHOWN = /^(?!const |let )(\S.*); \/\/ (true|false|\{[\w\s,?]+\})$/gm;

/** Fails where a value is not what the page says behind it. */
const CHECK = `function isAsShown(value: unknown, shown: string): void {
  const names = shown.match(/\\w+\\??/g) ?? [];
  const given = Object.keys(Object(value));
  const right = shown.startsWith('{')
    ? given.every((name) => names.some((each) => each.replace('?', '') === name)) &&
      names.every((name) => name.endsWith('?') || given.includes(name))
    : String(value) === shown;
  if (!right) throw new Error(\`The page shows \${shown}, the example gives \${JSON.stringify(value)}\`);
}`;

/** One program of all TypeScript examples of a page, which fails where a value that the page shows is another. */
export function pageProgram(examples: readonly string[]): string {
  const whole = examples.join('\n');
  const closings = whole.match(CLOSING) ?? [];
  const body = whole
    .replace(CLOSING, '')
    .replace(SHOWN, (_, expression: string, shown: string) => `isAsShown(${expression}, ${JSON.stringify(shown)});`);
  // Caches and pools of a page may go on for a while.
  return `${CHECK}\n${body}\n${closings.join('')}process.exit();\n`;
}
