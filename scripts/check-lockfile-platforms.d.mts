export function missingPlatforms(
  manifests: readonly { name: string; version: string; optionalDependencies?: Record<string, string> }[],
  lockfile: string,
): string[];
