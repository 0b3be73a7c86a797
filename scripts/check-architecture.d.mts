export function importsOf(text: string): string[];
export function forbiddenImport(file: string, specifier: string): string | undefined;
export function drawerName(file: string): string | undefined;
export function findCycle(edges: ReadonlyMap<string, Iterable<string>>): string[] | undefined;
