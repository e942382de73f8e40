import { readSimulatedProfile } from '../models/simulated-profile.ts';

/** What the folder of a model is called; `simulated` and `simulated:weak` are the same one. */
export function nameModel(model: string): string {
  const profile = readSimulatedProfile(model);
  return profile === undefined ? model.replaceAll(/[^\w.-]/g, '_') : `simulated_${profile}`;
}

/** Where the files of a model and seed are, in the folder of the suite. */
export function nameSeed(model: string, seed: number): string {
  return `${nameModel(model)}/seed-${seed}`;
}
