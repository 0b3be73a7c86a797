/** How a client starts or reaches a server, in the form that it keeps in its own configuration. */
export type ClientEntry = Readonly<Record<string, unknown>>;

/** A link that makes Cursor offer to install a server. */
export function cursorLink(name: string, entry: ClientEntry): string {
  const config = Buffer.from(JSON.stringify(entry)).toString('base64');
  return `https://cursor.com/en/install-mcp?name=${encodeURIComponent(name)}&config=${encodeURIComponent(config)}`;
}

/** A link that makes VS Code offer to install a server; `inputs` is what it asks the person for. */
export function vsCodeLink(name: string, entry: ClientEntry, inputs: readonly ClientEntry[]): string {
  const part = (value: unknown) => encodeURIComponent(JSON.stringify(value));
  return `https://insiders.vscode.dev/redirect/mcp/install?name=${encodeURIComponent(name)}&inputs=${part(inputs)}&config=${part(entry)}`;
}
