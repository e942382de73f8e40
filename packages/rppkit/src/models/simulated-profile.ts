import type { SimulatorProfile } from '@rppkit/simulator';

// The compiler keeps this complete. Importing the list instead would load the simulator for the sake of a help page.
const known: Readonly<Record<SimulatorProfile, true>> = { weak: true, strong: true };

/** The profile that a model name asks for: `simulated` is `simulated:weak`; undefined for any other model. */
export function readSimulatedProfile(name: string): SimulatorProfile | undefined {
  if (name === 'simulated') return 'weak';
  return (Object.keys(known) as SimulatorProfile[]).find((profile) => name === `simulated:${profile}`);
}
