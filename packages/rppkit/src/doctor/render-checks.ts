import { renderTable, wrapText } from '@rppkit/metrics/report';
import type { Check } from './check.ts';
import type { RunEstimate } from './estimate-run.ts';

/** The checks as a table for a terminal of 80 columns. */
export function renderChecks(checks: readonly Check[]): string {
  return renderTable(
    {
      columns: ['verdict', 'check', 'found, and what to do'],
      rows: checks.map(({ name, verdict, found, advice }) => [
        verdict,
        name,
        advice === undefined ? found : `${found}\n${advice}`,
      ]),
      alignment: ['left', 'left', 'left'],
    },
    { maxWidth: 80 },
  );
}

/** The estimate as a few lines for a terminal of 80 columns. */
export function renderEstimate({ calls, inputTokens, outputTokens, cost }: RunEstimate): string {
  const money =
    cost === null ? 'Pass --input-price and --output-price for the money.' : `At these prices: ${cost.toFixed(2)}.`;
  const text = `A train run with the defaults, which reports on up to 2,000 users: about ${calls.toLocaleString('en-US')} calls, about ${format(inputTokens)} tokens to the model and ${format(outputTokens)} back, with titles as long as those of the task asked here. ${money}`;
  return wrapText(text, 80).join('\n');
}

/** Three digits are more than such an estimate is worth. */
function format(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US');
}
