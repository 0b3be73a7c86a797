import manifest from '../package.json' with { type: 'json' };

/** Version of this package, which is the version of every package of the group. */
export const VERSION: string = manifest.version;
