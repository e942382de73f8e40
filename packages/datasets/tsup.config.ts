import type { Options } from 'tsup';
import base from '../../tsup.base.ts';

/** csv-parse goes into the bundle: its browser build is an ES module only, which CommonJS could not require. */
const build: Options = { ...base, noExternal: ['csv-parse'] };

export default build;
