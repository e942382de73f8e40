/**
 * The variables of this process without those that pnpm, vitest and Node's options hand down: npm would take them for its own
 * settings, and the packages' sources would be read in place of their bundles.
 */
export function getPlainEnvironment(): NodeJS.ProcessEnv {
  const handedDown = /^(p?npm_|NODE_OPTIONS$|NODE_ENV$|VITEST|TEST$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !handedDown.test(name)));
}
