/** Names of common table expressions in scope, innermost first. */
export interface CteScope {
  readonly name: string;
  readonly outer: CteScope | undefined;
}

/** True when an unqualified name means a common table expression. */
export function isCteName(scope: CteScope | undefined, name: string): boolean {
  for (let at = scope; at; at = at.outer) if (at.name === name) return true;
  return false;
}
