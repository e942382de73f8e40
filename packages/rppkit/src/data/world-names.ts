import type { WorldPreset } from '@rppkit/simulator';

// The compiler keeps this complete. Importing the list instead would load the simulator for the sake of a help page.
const known: Readonly<Record<WorldPreset, true>> = {
  diverse: true,
  mild: true,
  null: true,
  'weak-wording': true,
};

/** The synthetic worlds, in the order in which help and errors list them. */
export const worldNames: readonly WorldPreset[] = Object.keys(known) as WorldPreset[];

/** The worlds as `--data` names them. */
export const worldFlags: string = worldNames.map((name) => `synthetic:${name}`).join(', ');
