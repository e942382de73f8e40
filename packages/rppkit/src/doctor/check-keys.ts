import type { Check } from './check.ts';

/** Environment variables that hold the key of a provider. */
const keyVariables: Readonly<Record<string, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  'google-genai': 'GOOGLE_API_KEY',
  groq: 'GROQ_API_KEY',
  mistralai: 'MISTRAL_API_KEY',
};

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
