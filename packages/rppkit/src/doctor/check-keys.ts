import { keyVariables } from '../models/key-variables.ts';
import type { Check } from './check.ts';

/** Which providers' keys are set, and whether that of the model is. Never what they are. */
export function checkKeys(model: string, environment: Readonly<Record<string, string | undefined>>): Check {
  const isSet = (variable: string): boolean => Boolean(environment[variable]);
  const variables = Object.values(keyVariables);
  const set = variables.filter(isSet);
  const found = `set: ${set.join(', ') || 'none'}; not set: ${variables.filter((one) => !isSet(one)).join(', ') || 'none'}`;
  const wanted = keyVariables[model.split(':')[0]!];
  if (wanted === undefined || isSet(wanted)) return { name: 'keys', verdict: 'ok', found };
  return { name: 'keys', verdict: 'failed', found, advice: `Set ${wanted}, which ${model} needs.` };
}
