import { renderTable, wrapText } from '@rppkit/metrics/report';
import { findComparison } from '../experiment/compare-systems.ts';
import { describeSetting } from '../experiment/describe-setting.ts';
import { describeTransfer } from '../experiment/describe-transfer.ts';
import { formatGain, formatNdcg } from '../experiment/describe-verdict.ts';
import { describeFrozen } from '../experiment/policy-space.ts';
import type { Estimate, ExperimentResults } from '../experiment/results.ts';
import { formatPValue } from '../report/format-figure.ts';

const width = 80;

/** The results as text for a terminal of 80 columns: headroom, table, verdict. */
export function renderResults({
  rows,
  significance,
  headroom,
  verdict,
  data,
  refined,
  frozen,
  transfer,
  setting,
}: ExperimentResults): string {
  const cell = ({ mean, low, high }: Estimate): string => `${formatNdcg(mean)} ±${formatNdcg((high - low) / 2)}`;
  const table = renderTable(
    {
      columns: ['', 'NDCG@1', 'NDCG@5', 'NDCG@10', 'LLM calls', 'tokens'],
      rows: rows.map(({ label, ndcg, searchCalls, tokensPerRanking }) => [
        label,
        cell(ndcg[1]),
        cell(ndcg[5]),
        cell(ndcg[10]),
        searchCalls === null ? '-' : searchCalls.toLocaleString('en-US'),
        tokensPerRanking === null ? '-' : tokensPerRanking.toFixed(0),
      ]),
      alignment: ['left', 'right', 'right', 'right', 'right', 'right'],
    },
    { maxWidth: width },
  );
  const users = data.reportUsers - data.lostUsers;
  const paragraphs = [
    `${users.toLocaleString('en-US')} users never trained on; ± is half a 95 % interval. LLM calls: spent to find the prompts. Tokens: prompt and answer of one ranking.`,
  ];
  paragraphs.push(describeSignificance(rows, significance));
  if (transfer !== undefined) paragraphs.unshift(describeTransfer(transfer));
  if (setting !== undefined) paragraphs.unshift(describeSetting(setting));
  if (frozen !== undefined) paragraphs.push(`${describeFrozen(frozen)}; all other rows are of all patterns.`);
  if (headroom !== null) {
    paragraphs.push(
      `Attainable headroom over the best fixed prompt: ${formatGain(headroom)} NDCG@10 (context oracle fitted on ${headroom.oracleAnswers.toLocaleString('en-US')} answers of other users; interaction test ${formatPValue(headroom.interactionP, 'sentence')})`,
    );
  }
  if (refined !== null) {
    const count = (...verdicts: readonly string[]): number =>
      refined.sentences.filter(({ verdict: one }) => verdicts.includes(one)).length;
    const refused = Object.values(refined.reasons).reduce((sum, reasons) => sum + reasons, 0);
    paragraphs.push(
      `RPP+ refined ${refined.sentences.length} sentences: ${count('promoted')} promoted, ${count('retired', 'undecided')} retired, ${count('open')} not decided. Reasons against others: ${refused}; see report.html.`,
    );
  }
  paragraphs.push(verdict);
  const text = paragraphs.map((paragraph) => wrapText(paragraph, width).join('\n')).join('\n\n');
  return `${table}\n${text}`;
}

/** p-values against the best fixed prompt, in the order of the table. */
function describeSignificance(
  rows: ExperimentResults['rows'],
  significance: ExperimentResults['significance'],
): string {
  const values = rows.flatMap(({ id, label }) => {
    const comparison = findComparison(significance, id, 'best-fixed');
    return comparison === undefined ? [] : [`${label} ${formatPValue(comparison.adjustedPValue, 'cell')}`];
  });
  return `p of the difference to the best fixed prompt in NDCG@10: ${values.join('; ')} (paired randomisation test, Holm over ${significance.comparisons.length} comparisons).`;
}
