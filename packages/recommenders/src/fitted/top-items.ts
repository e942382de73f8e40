/** Up to so many items insertion is the faster way. */
const mostInserted = 256;

/** Indices of the `count` highest scores, highest first; ties by index. Entries with `excluded` not 0 are left out. */
export function selectTopItems(scores: Float32Array, count: number, excluded?: Uint8Array): number[] {
  if (count > mostInserted) return sortItems(scores, excluded).slice(0, count);
  // Best `count` so far, best first. Insertion pays while few of many are wanted.
  const top: number[] = [];
  for (let index = 0; index < scores.length; index++) {
    if (excluded?.[index]) continue;
    const score = scores[index]!;
    if (top.length === count && !(score > scores[top[count - 1]!]!)) continue;
    if (top.length === count) top.pop();
    let at = top.length;
    while (at > 0 && score > scores[top[at - 1]!]!) at--;
    top.splice(at, 0, index);
  }
  return top;
}

function sortItems(scores: Float32Array, excluded?: Uint8Array): number[] {
  return Array.from(scores.keys())
    .filter((index) => !excluded?.[index])
    .sort((a, b) => scores[b]! - scores[a]! || a - b);
}
