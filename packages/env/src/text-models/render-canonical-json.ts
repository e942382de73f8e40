import { InvalidArgumentError } from '@rppkit/spec';

/**
 * JSON with the keys of every object sorted, so that equal values give equal text; properties that are undefined are
 * left out. Throws `InvalidArgumentError`, which names the place, for what JSON cannot hold.
 */
export function renderCanonicalJson(value: unknown, argument: string): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((entry, index) => renderCanonicalJson(entry, `${argument}[${index}]`)).join(',')}]`;
  }
  // Dates, maps and the like would all look alike, `{}`.
  if (Object.prototype.toString.call(value) !== '[object Object]')
    throw new InvalidArgumentError(argument, 'a JSON value', value);
  const fields = Object.entries(value as object)
    .filter(([, field]) => field !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${renderCanonicalJson(field, `${argument}.${name}`)}`);
  return `{${fields.join(',')}}`;
}
