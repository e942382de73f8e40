import { renderTable, wrapText } from '@rppkit/metrics/report';
import { formatNdcg } from '../experiment/describe-verdict.ts';
import { formatPValue } from '../report/format-figure.ts';
import { describeLook } from './describe-look.ts';
import type { HeadroomResults } from './headroom-results.ts';

const width = 80;
/** Expressions shown of each pattern, the best first; `headroom.json` holds all. */
const shown = 3;

/** A cheap look as text for a terminal of 80 columns. */
export function renderLook(results: HeadroomResults): string {
  const { calls, failed, invalid, tokens, tasks, next } = results;
  const count = (value: number): string => value.toLocaleString('en-US');
  const asked = `${count(calls)} calls about ${count(tasks)} users, ${count(failed)} failed, ${count(invalid)} answers that cannot be read, ${count(tokens)} tokens. Effects: NDCG@10 less the mean of the pattern’s expressions, for everybody; ± is half a 95 % interval. p of single patterns are not corrected for their number.`;
  const commands = next.map(({ command, purpose }) => `${wrap(`${purpose}:`)}\n  ${command}`);
  return [wrap(describeLook(results)), renderPatterns(results), wrap(asked), ...commands].join('\n\n');
}

function renderPatterns({ patterns }: HeadroomResults): string {
  return renderTable(
    {
      columns: ['pattern', 'p', 'gain', 'best for everybody', 'effect'],
      rows: patterns.map(({ name, p, estimate, expressions }) => {
        const best = expressions
          .filter(({ effect }) => effect !== undefined)
          .toSorted((left, right) => right.effect! - left.effect!)
          .slice(0, shown);
        return [
          name,
          formatPValue(p, 'cell'),
          formatNdcg(estimate),
          best.map(({ id }) => id).join('\n'),
          best.map(({ effect, error }) => formatEffect(effect!, error)).join('\n'),
        ];
      }),
      alignment: ['left', 'right', 'right', 'left', 'right'],
    },
    { maxWidth: width },
  );
}

function formatEffect(effect: number, error: number | undefined): string {
  const value = `${effect >= 0 ? '+' : ''}${formatNdcg(effect)}`;
  return error === undefined ? value : `${value} ±${formatNdcg(1.96 * error)}`;
}

function wrap(text: string): string {
  return wrapText(text, width).join('\n');
}
