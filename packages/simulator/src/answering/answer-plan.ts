import type { RandomStream } from '@rppkit/spec';
import type { Guidance } from '../reading/read-guidance.ts';
import type { Behaviour } from './behaviour.ts';

/** What the model is going to write, before it is put into words. */
export interface AnswerPlan {
  readonly thinks: boolean;
  readonly greets: boolean;
  /** Best first: candidate indices in [0, candidates), or ~index of a history item that does not belong there. Empty: no list. */
  readonly lines: readonly number[];
}

/** An order of candidates, best first: the largest score plus Gumbel noise first, which is a Plackett-Luce draw. */
export function sampleOrder(scores: Float64Array, noise: number, random: RandomStream): Int32Array {
  const noisy =
    noise === 0
      ? scores
      : scores.map((score) => score - noise * Math.log(-Math.log(random.uniform() || Number.MIN_VALUE)));
  return Int32Array.from(scores, (_, index) => index).sort((left, right) => noisy[right]! - noisy[left]!);
}

/** Decides how the answer is worded and where the list slips, place by place. */
export function sampleAnswerPlan(
  order: Int32Array,
  { deliberation, brevity, explicitness, answer }: Guidance,
  behaviour: Behaviour,
  { history, random }: { readonly history: number; readonly random: RandomStream },
): AnswerPlan {
  const thinks = random.uniform() < behaviour.thinkingChance * deliberation * (1 - brevity);
  const greets = random.uniform() < behaviour.greetingChance * (1 - brevity);
  if (random.uniform() < behaviour.noListChance + behaviour.noListConflict * deliberation * brevity) {
    return { thinks: thinks || deliberation > 0, greets, lines: [] };
  }
  const breakage =
    Math.log2(1 + Math.max(1, history)) *
    (thinks ? behaviour.thinkingBreakage : 1) *
    (1 - behaviour.explicitnessRelief * explicitness);
  const missing = behaviour.missingChance * breakage;
  const repeated = missing + behaviour.repeatedChance * breakage;
  const foreign = repeated + (answer.content === 'titles' && history > 0 ? behaviour.foreignChance * breakage : 0);
  const lines: number[] = [];
  for (const candidate of order) {
    const slip = random.uniform();
    if (slip < missing) continue;
    if (slip < repeated && lines.length > 0) lines.push(lines[random.integer(lines.length)]!);
    else if (slip >= repeated && slip < foreign) lines.push(~random.integer(history));
    else lines.push(candidate);
  }
  if (answer.content === 'indices') {
    for (let place = 0; place + 1 < lines.length; place++) {
      if (random.uniform() >= behaviour.indexSlipChance) continue;
      [lines[place], lines[place + 1]] = [lines[place + 1]!, lines[place]!];
    }
  }
  return { thinks, greets, lines };
}
