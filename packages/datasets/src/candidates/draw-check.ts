import { InvalidArgumentError } from '@rppkit/spec';
import type { CandidateRequest, CandidateSource } from './candidate-source.ts';

/**
 * A check that throws `InvalidArgumentError` where a source broke its contract, so that no relevant item is ever offered as a
 * negative, whoever wrote the source.
 */
export function createDrawCheck(
  itemCount: number,
): (source: CandidateSource, request: CandidateRequest, drawn: Int32Array) => void {
  // The last check (from 1 on) in which an item was excluded or drawn.
  const metIn = new Int32Array(itemCount);
  let check = 0;
  return (source, { task, excluded, count }, drawn) => {
    check++;
    for (const item of excluded) metIn[item] = check;
    let isValid = drawn.length === count;
    for (const item of drawn) {
      if (!(metIn[item]! < check)) isValid = false;
      metIn[item] = check;
    }
    if (isValid) return;
    const expected = `${count} different items, none of them excluded, for task ${task.id}`;
    throw new InvalidArgumentError(`what source "${source.name}" drew`, expected, drawn);
  };
}
