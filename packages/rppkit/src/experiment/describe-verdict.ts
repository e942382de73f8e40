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
 * prompt, with several rounds also above that prompt asked as often, and above its own prompts handed to other users, each
 * with a 95 % interval above 0, and where the fixed prompt was searched with as many calls. The context oracle is an estimate from below, so a small headroom counts only where the
 * policy's own gain is small as well.
 */
export function describeVerdict(results: Pick<ExperimentResults, 'headroom' | 'gains' | 'rows'>): string {
  const popularity = findRow(results.rows, 'popularity').ndcg[10].mean;
  const verdict = describePersonalisation(results);
  if (popularity <= findRow(results.rows, 'rpp').ndcg[10].mean) return verdict;
  return `${verdict} Popularity alone, without an LLM, reaches ${formatNdcg(popularity)}.`;
}

function describePersonalisation({
  headroom,
  gains: { overBestFixed, overSwapped, overRepeated },
  rows,
}: Pick<ExperimentResults, 'headroom' | 'gains' | 'rows'>): string {
  const repeated =
    overRepeated === undefined ? '' : `, ${formatGain(overRepeated)} against the same asked as often and aggregated`;
  const gain = `RPP is ${formatGain(overBestFixed)} NDCG@10 against the best fixed prompt${repeated} and ${formatGain(overSwapped)} against its own prompts with users swapped`;
  const room =
    headroom === null ? '' : `; the attainable headroom over the best fixed prompt is ${formatGain(headroom)}`;
  if (overBestFixed.low > 0 && overSwapped.low > 0 && (overRepeated?.low ?? 1) > 0) {
    const flaw = findBaselineFlaw(rows);
    return flaw === undefined
      ? `Personalised prompts pay here: ${gain}${room}.`
      : `Personalised prompts are not shown to pay here, because ${flaw}. ${gain}${room}.`;
  }
  if (headroom?.verdict === 'too-small' && overBestFixed.high < margin) {
    return `Personalised prompts do not pay here: ${gain}${room}, less than ${formatNdcg(margin)}. Use the best fixed prompt.`;
  }
  const missing = `${gain}${room}. ${overRepeated === undefined ? 'Both' : 'All three'} gains must lie above 0.`;
  if (headroom === null) return `Personalised prompts are not shown to pay here: ${missing}`;
  if (headroom.verdict === 'pays')
    return `Personalised prompts can pay here, but this policy is not shown to: ${missing}`;
  const decides =
    headroom.usersToDecide === undefined
      ? 'More oracle answers would decide.'
      : `About ${headroom.usersToDecide.toLocaleString('en-US')} report users would decide.`;
  return `Whether personalised prompts can pay here is undecided: ${missing} ${decides}`;
}

function findRow(rows: readonly ResultRow[], id: RowId): ResultRow {
  return rows.find((row) => row.id === id)!;
}

/** A comparison with a fixed prompt that was searched less than RPP was trained, or in vain, shows nothing. */
function findBaselineFlaw(rows: readonly ResultRow[]): string | undefined {
  const [random, fixed, rpp] = [findRow(rows, 'random'), findRow(rows, 'best-fixed'), findRow(rows, 'rpp')];
  // Plans round down to whole rounds, by less than one in fifty.
  if (fixed.searchCalls! < 0.98 * rpp.searchCalls!) {
    return `the best fixed prompt was searched with ${fixed.searchCalls!.toLocaleString('en-US')} calls and RPP was trained with ${rpp.searchCalls!.toLocaleString('en-US')}; raise --best-fixed-calls`;
  }
  if (fixed.ndcg[10].mean < random.ndcg[10].mean) {
    return 'the best fixed prompt that was found is worse than random prompts; raise --best-fixed-calls';
  }
  return undefined;
}
