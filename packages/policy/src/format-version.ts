import type { PolicyAgent, PolicyHeader } from './policy-file.ts';

/** Versions of the format that this package reads. */
export const formatVersions: readonly PolicyHeader['version'][] = [1, 2, 3];

/**
 * The lowest version whose readers know everything in a file. Version 2 added pairs of agents and the activation `square`,
 * version 3 the layers `layer-norm` and `gru`; what needs neither stays version 1, byte for byte.
 */
export function computeFormatVersion(agents: readonly PolicyAgent[], hasPairs: boolean): PolicyHeader['version'] {
  const layers = agents.flatMap((agent) => agent.layers);
  if (layers.some(({ kind }) => kind !== 'dense')) return 3;
  return hasPairs || layers.some((layer) => layer.kind === 'dense' && layer.activation === 'square') ? 2 : 1;
}

/** What each version was made for. */
export const formatVersionContents: Readonly<Record<PolicyHeader['version'], string>> = {
  1: 'dense layers',
  2: 'pairs and squares',
  3: 'layer-norm and gru layers',
};
