import type { Estimate, ExperimentResults } from './results.ts';

/** `.034`, `-.002`: NDCG without the zero. */
export function formatNdcg(value: number): string {
  return value
    .toFixed(3)
    .replace(/^(-?)0\./, '$1.')
    .replace('-.000', '.000');
}

/** `+.034 [.021, .047]` */
export function formatGain({ mean, low, high }: Estimate): string {
  return `${mean >= 0 ? '+' : ''}${formatNdcg(mean)} [${formatNdcg(low)}, ${formatNdcg(high)}]`;
}

/**
 * The sentence that says whether personalisation pays. A trained policy pays only where it is above the best fixed
 * prompt and above its own prompts handed to other users, both with a 95 % interval above 0.
 */
export function describeVerdict({ headroom, gains }: Pick<ExperimentResults, 'headroom' | 'gains'>): string {
  const shown = gains.overBestFixed.low > 0 && gains.overSwapped.low > 0;
  const gain = `RPP is ${formatGain(gains.overBestFixed)} NDCG@10 against the best fixed prompt and ${formatGain(gains.overSwapped)} against its own prompts with users swapped`;
  if (headroom === null) {
    return shown
      ? `Personalised prompts pay here: ${gain}.`
      : `Personalised prompts are not shown to pay here: ${gain}; both must lie above 0.`;
  }
  const room = `the attainable headroom over the best fixed prompt is ${formatGain(headroom)}`;
  switch (headroom.verdict) {
    case 'pays':
      return shown
        ? `Personalised prompts pay here: ${room}, and ${gain}.`
        : `Personalised prompts can pay here (${room}), but this policy is not shown to: ${gain}; both must lie above 0.`;
    case 'too-small':
      return `Personalised prompts do not pay here: ${room}, less than the margin of .01. Use the best fixed prompt.`;
    case 'undecided':
      return `Whether personalised prompts pay here is undecided: ${room}. More report users would decide.`;
  }
}
