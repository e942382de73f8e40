import type { RandomStream } from '@rppkit/spec';
import type { Guidance } from '../reading/read-guidance.ts';
import type { Behaviour } from './behaviour.ts';

/** How JSON goes wrong: a comma behind the last entry, quotation marks that JSON does not know, no end. */
export type JsonFault = 'trailing-comma' | 'single-quotes' | 'cut';

/** What the model is going to write, before it is put into words. */
export interface AnswerPlan {
  readonly thinks: boolean;
  readonly greets: boolean;
  /** A few words stand behind every title of a list. */
  readonly remarks: boolean;
  /** A sentence stands behind the list. */
  readonly closes: boolean;
  /** JSON stands in a fence. */
  readonly fenced: boolean;
  /** What is wrong with the JSON; absent: nothing. */
  readonly jsonFault?: JsonFault;
  /** Best first: candidate indices in [0, candidates), or ~index of a history item that does not belong there. Empty: no list. */
  readonly lines: readonly number[];
}

export interface AnswerPlanOptions {
  /** Number of history items. */
  readonly history: number;
  /** True where a schema leaves no room for anything but the list. */
  readonly constrained: boolean;
  readonly random: RandomStream;
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
  guidance: Guidance,
  behaviour: Behaviour,
  { history, constrained, random }: AnswerPlanOptions,
): AnswerPlan {
  const happens = (chance: number): boolean => random.uniform() < chance;
  const { deliberation, brevity, explicitness, answer } = guidance;
  const slips = { guidance, behaviour, history, random };
  if (constrained) return { ...plain, lines: sampleLines(order, slips, 1) };
  const talk = 1 - brevity;
  const thinks = happens(behaviour.thinkingChance * deliberation * talk);
  const greets = happens(behaviour.greetingChance * talk);
  if (happens(behaviour.noListChance + behaviour.noListConflict * deliberation * brevity)) {
    return { ...plain, thinks: thinks || deliberation > 0, greets };
  }
  const relief = 1 - behaviour.explicitnessRelief * explicitness;
  const lines = sampleLines(order, slips, thinks ? behaviour.thinkingBreakage : 1);
  const isJson = answer.shape === 'json';
  const remarks = happens(behaviour.remarkChance * talk * relief) && !isJson;
  const closes = happens(behaviour.closingChance * talk);
  if (!isJson) return { ...plain, thinks, greets, remarks, closes, lines };
  const fenced = happens(behaviour.fenceChance * relief);
  const jsonFault = happens(behaviour.brokenJsonChance * relief)
    ? jsonFaults[random.integer(jsonFaults.length)]!
    : undefined;
  return { ...plain, thinks, greets, closes, fenced, ...(jsonFault !== undefined && { jsonFault }), lines };
}

const plain: AnswerPlan = { thinks: false, greets: false, remarks: false, closes: false, fenced: false, lines: [] };
const jsonFaults: readonly JsonFault[] = ['trailing-comma', 'single-quotes', 'cut'];

interface SlipOptions {
  readonly guidance: Guidance;
  readonly behaviour: Behaviour;
  readonly history: number;
  readonly random: RandomStream;
}

function sampleLines(
  order: Int32Array,
  { guidance: { explicitness, answer }, behaviour, history, random }: SlipOptions,
  factor: number,
): number[] {
  const breakage = factor * Math.log2(1 + Math.max(1, history)) * (1 - behaviour.explicitnessRelief * explicitness);
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
  return lines;
}
