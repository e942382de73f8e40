import { presentTask, type RankingTask } from '@rppkit/spec';
import type { AskedPrompts } from './ask-prompts.ts';

/**
 * For each task the places by which a candidate falls in the answer for each slot that it stands further back in the prompt,
 * `Float64Array [tasks]`: the least-squares slope within candidates, over all prompts and draws of several orders, so that what
 * a candidate is worth plays no part. `byOrder[order]` holds the answers to order number `order`; complete answers count. NaN
 * for a task without complete answers to two orders, which misses every bound.
 */
export function computePositionSlopes(tasks: readonly RankingTask[], byOrder: readonly AskedPrompts[]): Float64Array {
  return Float64Array.from(tasks, (task, user) => {
    const count = task.candidates.length;
    const slots = byOrder.map((_, order) => computeInverse(presentTask(task, order).order));
    let products = 0;
    let squares = 0;
    for (let candidate = 0; candidate < count; candidate++) {
      const points: (readonly [slot: number, place: number])[] = [];
      byOrder.forEach(({ rankings, prompts, draws }, order) => {
        for (const ranking of rankings.slice(user * prompts * draws, (user + 1) * prompts * draws)) {
          if (ranking.length === count) points.push([slots[order]![candidate]!, ranking.indexOf(candidate)]);
        }
      });
      const meanSlot = points.reduce((sum, [slot]) => sum + slot, 0) / points.length;
      for (const [slot, place] of points) {
        products += (slot - meanSlot) * place;
        squares += (slot - meanSlot) ** 2;
      }
    }
    return products / squares;
  });
}

function computeInverse(order: Int32Array): Int32Array {
  const inverse = new Int32Array(order.length);
  order.forEach((candidate, slot) => {
    inverse[candidate] = slot;
  });
  return inverse;
}
