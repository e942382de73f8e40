import { InvalidArgumentError, type RandomStream, samplePermutation } from '@rppkit/spec';
import { assertArrayLike, assertPositiveInteger, isIdentifier } from '../assert-arguments.ts';
import { assertPositionedValues, computeCentred } from './positioned-values.ts';

export interface PositionBiasTestOptions {
  readonly random: RandomStream;
  /** Random rearrangements, a positive integer, default 10,000; the smallest possible p is 1 / (permutations + 1). */
  readonly permutations?: number;
  /**
   * `[answers]`: the task of each answer. Where given, positions are exchanged among the answers of one task only, which
   * removes the differences between tasks. Default: all answers are exchangeable, right where each task was asked once.
   */
  readonly tasks?: ArrayLike<string | number>;
}

export interface PositionBiasTest {
  /** Standard deviation of the position means around the overall mean, weighted by their counts. */
  readonly spread: number;
  readonly pValue: number;
  readonly permutations: number;
}

/**
 * Permutation test of any effect of the position of the relevant item, a slope or not: if position plays no part, each
 * answer could as well have come from another position.
 *
 *   B = sum over positions of count * (mean - overall mean)^2,   p = (rearrangements with B at least as large + 1) / (permutations + 1)
 *
 * `values [answers]` are NDCG or any other value of an answer, `positions [answers]` count from 0, to 999,999 at most.
 * Throws `InvalidArgumentError` as `ndcgByPosition`, and for wrong options or tasks that were each asked at one position
 * only.
 *
 * Sources: Fisher, "The Design of Experiments", 1935; the added ones: Phipson and Smyth, "Permutation p-values should
 * never be zero", Statistical Applications in Genetics and Molecular Biology 9(1), 2010.
 */
export function positionBiasTest(
  values: ArrayLike<number>,
  positions: ArrayLike<number>,
  { random, permutations = 10_000, tasks }: PositionBiasTestOptions,
): PositionBiasTest {
  const positionCount = assertPositionedValues(values, positions);
  assertPositiveInteger('permutations', permutations);
  const blocks = listBlocks(values.length, tasks);
  if (!blocks.some((block) => block.some((answer) => positions[answer] !== positions[block[0]!]))) {
    throw new InvalidArgumentError('tasks', 'at least one task asked at two positions', tasks, 'Leave out `tasks`.');
  }
  const centred = computeCentred(values);
  const rearranged = Int32Array.from(positions);
  const observed = computeBetweenSquares(centred, rearranged, positionCount);
  // Rearrangements of equal size may differ by rounding; the slack counts them as equal.
  const threshold = observed - 1e-12 * centred.reduce((sum, value) => sum + value * value, 0);
  let count = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    for (const block of blocks) {
      const source = samplePermutation(random, block.length);
      for (let index = 0; index < block.length; index++) {
        rearranged[block[index]!] = positions[block[source[index]!]!]!;
      }
    }
    if (computeBetweenSquares(centred, rearranged, positionCount) >= threshold) count++;
  }
  return { spread: Math.sqrt(observed / values.length), pValue: (count + 1) / (permutations + 1), permutations };
}

/** The answers of each task. */
function listBlocks(answers: number, tasks: ArrayLike<string | number> | undefined): readonly (readonly number[])[] {
  const all = Array.from({ length: answers }, (_, answer) => answer);
  if (tasks === undefined) return [all];
  assertArrayLike('tasks', tasks);
  if (tasks.length !== answers) throw new InvalidArgumentError('tasks', `of length ${answers}, one an answer`, tasks);
  const blocks = new Map<string | number, number[]>();
  for (const answer of all) {
    const task = tasks[answer]!;
    if (!isIdentifier(task)) throw new InvalidArgumentError(`tasks[${answer}]`, 'a text or a finite number', task);
    const block = blocks.get(task);
    if (block === undefined) blocks.set(task, [answer]);
    else block.push(answer);
  }
  return [...blocks.values()];
}

function computeBetweenSquares(centred: Float64Array, positions: Int32Array, positionCount: number): number {
  const sums = new Float64Array(positionCount);
  const counts = new Int32Array(positionCount);
  for (let answer = 0; answer < centred.length; answer++) {
    sums[positions[answer]!]! += centred[answer]!;
    counts[positions[answer]!]! += 1;
  }
  let squares = 0;
  for (let position = 0; position < positionCount; position++) {
    if (counts[position]! > 0) squares += sums[position]! ** 2 / counts[position]!;
  }
  return squares;
}
