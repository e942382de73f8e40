/** Name and calls of a row that is written like `halving 500`. */
export function splitRowKey(key: string): readonly [string, number] {
  const at = key.lastIndexOf(' ');
  return [key.slice(0, at), Number(key.slice(at + 1))];
}
