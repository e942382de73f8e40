import { computeImportanceWeights } from './importance-weights.ts';
import type { PromptLog } from './prompt-log.ts';
import type { PromptTarget } from './prompt-target.ts';

/**
 * The share of the target's choices that the logging policy could not have made, as far as a log of chosen actions tells,
 * for each slot, `Float64Array [slots]`, in [0, 1]. It is the larger of two figures. One is the target's mass on expressions
 * that are illegal in the row or that no row of the log shows. The other is how far the mean weight of the slot lies below
 * its expectation 1, where that is more than three standard errors: it also sees expressions that are missing in some
 * contexts only. Where the slots were drawn together, the second is of whole prompts and stands in every slot.
 */
export function computeUnsupportedMass(log: PromptLog, target: PromptTarget): Float64Array {
  const missing = computeMissingMass(log, target);
  const together = log.independentSlots
    ? undefined
    : computeDeficit(computeImportanceWeights(log, target, Number.POSITIVE_INFINITY).weights);
  return missing.map((mass, slot) => Math.max(mass, together ?? computeDeficit(computeSlotWeights(log, target, slot))));
}

function computeMissingMass(log: PromptLog, target: PromptTarget): Float64Array {
  const slots = log.actionCounts.length;
  const shown = log.actionCounts.map((count) => new Uint8Array(count));
  for (let index = 0; index < log.choices.length; index++) shown[index % slots]![log.choices[index]!] = 1;
  const missing = new Float64Array(slots);
  for (let row = 0; row < log.rows; row++) {
    const marginals = target.computeMarginals(log.contexts[row]!);
    const masks = log.masks[row];
    for (let slot = 0; slot < slots; slot++) {
      const marginal = marginals[slot]!;
      const known = shown[slot]!;
      const mask = masks?.[slot];
      for (let action = 0; action < marginal.length; action++) {
        if (known[action] === 0 || mask?.[action] === 0) missing[slot]! += marginal[action]! / log.rows;
      }
    }
  }
  return missing;
}

/** Weights of one slot by itself, `Float64Array [rows]`; their expectation is the mass that the logging policy supports. */
function computeSlotWeights(log: PromptLog, target: PromptTarget, slot: number): Float64Array {
  const slots = log.actionCounts.length;
  const weights = new Float64Array(log.rows);
  for (let row = 0; row < log.rows; row++) {
    const index = row * slots + slot;
    const marginal = target.computeMarginals(log.contexts[row]!)[slot]!;
    weights[row] = marginal[log.choices[index]!]! / log.propensities[index]!;
  }
  return weights;
}

function computeDeficit(weights: Float64Array): number {
  const rows = weights.length;
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += weights[row]!;
  const mean = sum / rows;
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += (weights[row]! - mean) ** 2;
  const standardError = Math.sqrt(squares / (rows - 1) / rows);
  return 1 - mean > 3 * standardError ? 1 - mean : 0;
}
