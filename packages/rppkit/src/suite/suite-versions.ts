import manifest from '../../package.json' with { type: 'json' };

/** Versions that kept recommenders and rows depend on. */
export const versions: { readonly rppkit: string } = { rppkit: manifest.version };
