import type { Estimate, ExperimentResults, ResultRow, RowId } from './results.ts';

/** Gains below this do not matter, in NDCG@10. */
const margin = 0.01;

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
 * prompt and above its own prompts handed to other users, both with a 95 % interval above 0, and where the fixed prompt was
 * searched with as many calls. The context oracle is an estimate from below, so a small headroom counts only where the
 * policy's own gain is small as well.
 */
export function describeVerdict({
  headroom,
  gains,
  rows,
}: Pick<ExperimentResults, 'headroom' | 'gains' | 'rows'>): string {
  const { overBestFixed, overSwapped } = gains;
  const gain = `RPP is ${formatGain(overBestFixed)} NDCG@10 against the best fixed prompt and ${formatGain(overSwapped)} against its own prompts with users swapped`;
  const room =
    headroom === null ? '' : `; the attainable headroom over the best fixed prompt is ${formatGain(headroom)}`;
  const shown = overBestFixed.low > 0 && overSwapped.low > 0;
  const flaw = findBaselineFlaw(rows);
  if (shown && flaw !== undefined) return `Personalised prompts are not shown to pay here: ${flaw}. ${gain}${room}.`;
  if (shown) return `Personalised prompts pay here: ${gain}${room}.`;
  if (headroom?.verdict === 'too-small' && overBestFixed.high < margin) {
    return `Personalised prompts do not pay here: ${gain}${room}, less than ${formatNdcg(margin)}. Use the best fixed prompt.`;
  }
  const missing = `This policy is not shown to pay: ${gain}${room}. Both gains must lie above 0.`;
  if (headroom?.verdict === 'pays')
    return `Personalised prompts can pay here, but not with this policy yet. ${missing}`;
  if (headroom === null) return `Personalised prompts are not shown to pay here. ${missing}`;
  const decides =
    headroom.usersToDecide === undefined
      ? 'More oracle answers would decide.'
      : `About ${headroom.usersToDecide.toLocaleString('en-US')} report users would decide.`;
  return `Whether personalised prompts can pay here is undecided. ${missing} ${decides}`;
}

/** A comparison with a fixed prompt that was searched less than RPP was trained, or in vain, shows nothing. */
function findBaselineFlaw(rows: readonly ResultRow[]): string | undefined {
  const select = (id: RowId): ResultRow => rows.find((row) => row.id === id)!;
  const [random, fixed, rpp] = [select('random'), select('best-fixed'), select('rpp')];
  // Plans round down to whole rounds, by less than one in fifty.
  if (fixed.searchCalls! < 0.98 * rpp.searchCalls!) {
    return `the best fixed prompt was searched with ${fixed.searchCalls!.toLocaleString('en-US')} calls and RPP was trained with ${rpp.searchCalls!.toLocaleString('en-US')}; raise --best-fixed-calls`;
  }
  if (fixed.ndcg[10].mean < random.ndcg[10].mean) {
    return 'the best fixed prompt that was found is worse than random prompts; raise --best-fixed-calls';
  }
  return undefined;
}
