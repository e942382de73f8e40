/** Names of fields that hold keys. */
const secretField = /key|token|secret|password|authorization/i;
/** Names of environment variables, which models list beside their keys, are no secrets. */
const environmentName = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const shortestSecret = 6;
const deepest = 3;

/**
 * The keys that a model object holds, so that they can be kept out of messages: texts of at least 6 characters in fields
 * whose names speak of keys, tokens, secrets or passwords, at most 3 objects (or maps) deep. A key behind a function is
 * not found. Models may load keys with their first call: look when a message is to be cleared, not before.
 */
export function findSecrets(model: unknown): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Map && depth < deepest) for (const entry of value.values()) visit(entry, depth + 1);
    for (const [name, { value: field }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
      if (typeof field !== 'string') {
        if (depth < deepest) visit(field, depth + 1);
        continue;
      }
      const secret = field.replace(/^Bearer\s+/i, '');
      if (secretField.test(name) && secret.length >= shortestSecret && !environmentName.test(secret)) found.add(secret);
    }
  };
  visit(model, 1);
  // Longest first, so that no rest of a longer one stays.
  return [...found].sort((left, right) => right.length - left.length);
}

/**
 * The text without keys: the known ones (also masked or encoded, told by their beginning), and whatever looks like one
 * (the prefixes of common providers, what follows `Bearer` or a word for a key, long runs that mix letters and digits).
 * Providers quote keys, whole or masked, in messages about them.
 */
export function removeSecrets(text: string, known: readonly string[] = []): string {
  return clearKnown(text, known)
    .replace(/\b(?:(?:sk|pk|gsk|xai|hf|key)[-_]|AIza)[\w*-]{6,}/g, '[key]')
    .replace(/Bearer\s+\S+/gi, 'Bearer [key]')
    .replace(/(key[^\s:=]{0,12}(?: provided)?\s?[:=]\s?)\S+/gi, '$1[key]')
    .replace(/\b(?=\w*\d)(?=\w*[A-Za-z])\w{24,}\b/g, '[key]');
}

/** So many first characters of a long key tell it, whatever was made of the rest. */
const tellingLength = 6;

function clearKnown(text: string, known: readonly string[]): string {
  let cleared = text;
  for (const secret of known) {
    cleared = cleared.replaceAll(secret, '[key]');
    if (secret.length < 2 * tellingLength) continue;
    const beginning = secret.slice(0, tellingLength).replace(/[^\w]/g, '\\$&');
    cleared = cleared.replace(new RegExp(`${beginning}\\S*`, 'g'), '[key]');
  }
  return cleared;
}
