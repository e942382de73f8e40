import { renderTable, wrapText } from '@rppkit/metrics/report';
import { formatGain, formatNdcg } from '../experiment/describe-verdict.ts';
import type { Estimate } from '../experiment/results.ts';
import { formatPValue } from '../report/format-figure.ts';
import type { TableReplay } from './replay-table.ts';

const width = 80;
/** Expressions shown of each pattern, the best first; `--json` gives all. */
const shown = 3;

/** A replay as text for a terminal of 80 columns. */
export function renderReplay(replay: TableReplay): string {
  const paragraphs = [
    describeHeadroom(replay.headroom),
    renderBounds(replay),
    describeUsers(replay),
    renderEffects(replay),
  ];
  return paragraphs.join('\n\n');
}

function describeHeadroom({
  verdict,
  margin,
  p,
  detectable,
  moreUsers,
  moreCalls,
  ...gain
}: TableReplay['headroom']): string {
  const verdicts = {
    pays: 'Personal prompts pay on this table.',
    'too-small': `Personal prompts gain too little to matter on this table: less than ${formatNdcg(margin)}.`,
    undecided: 'Whether personal prompts pay is undecided.',
  };
  const sees =
    detectable === null
      ? 'the users do not differ in what a policy observes of them.'
      : `of interactions drawn at random, those worth ${formatNdcg(detectable)} show four times in five; real ones can hide better.`;
  const more =
    moreUsers === undefined
      ? ''
      : ` About ${moreUsers.toLocaleString('en-US')} more users, ${moreCalls!.toLocaleString('en-US')} calls, would decide.`;
  return wrap(
    `${verdicts[verdict]} The context oracle is ${formatGain(gain)} NDCG@10 above the best fixed prompt, an estimate from below; p of the interaction of user and prompt ${formatPValue(p, 'cell')}: ${sees}${more}`,
  );
}

function renderBounds({ bounds }: TableReplay): string {
  return renderTable(
    {
      columns: ['', 'calls', 'NDCG@10', 'over best fixed'],
      rows: bounds.map(({ id, label, ceiling, callsPerRanking, ndcg, overBestFixed }) => [
        ceiling ? `${label} (ceiling)` : label,
        String(callsPerRanking),
        formatMean(ndcg),
        id === 'best-fixed' ? '' : formatGain(overBestFixed),
      ]),
      alignment: ['left', 'right', 'right', 'right'],
    },
    { maxWidth: width },
  );
}

function describeUsers({ users, lostUsers, bounds, table: { entries } }: TableReplay): string {
  const lost = lostUsers === 0 ? '' : `, ${lostUsers.toLocaleString('en-US')} more lost to failed calls`;
  const { invalid, refused, failed, notAsked } = entries;
  const bad = [
    ...(invalid > 0 ? [`${invalid.toLocaleString('en-US')} answers cannot be read`] : []),
    ...(refused > 0 ? [`${refused.toLocaleString('en-US')} prompts were refused`] : []),
    ...(failed + notAsked > 0 ? [`${(failed + notAsked).toLocaleString('en-US')} entries have no answer`] : []),
  ];
  const ceilings = bounds.some(({ ceiling }) => ceiling)
    ? ' Ceilings know labels, which no policy can: they promise a gain also where nothing is personal. Divide nothing by them.'
    : '';
  return wrap(
    `${users.toLocaleString('en-US')} users${lost}; every choice is scored on users that it was not made on. Calls: of one ranking; brackets: 95 % intervals.${bad.length === 0 ? '' : ` ${bad.join(', ')}.`}${ceilings}`,
  );
}

function renderEffects({ effects }: TableReplay): string {
  return renderTable(
    {
      columns: ['pattern', 'best for everybody', 'NDCG@10 less the pattern’s mean'],
      rows: effects.map(({ pattern, expressions }) => {
        const best = expressions
          .flatMap(({ id, effect }) => (effect === undefined ? [] : [{ id, effect }]))
          .toSorted((left, right) => right.effect.mean - left.effect.mean)
          .slice(0, shown);
        return [pattern, best.map(({ id }) => id).join('\n'), best.map(({ effect }) => formatGain(effect)).join('\n')];
      }),
      alignment: ['left', 'left', 'right'],
    },
    { maxWidth: width },
  );
}

function formatMean({ mean, low, high }: Estimate): string {
  return `${formatNdcg(mean)} [${formatNdcg(low)}, ${formatNdcg(high)}]`;
}

function wrap(text: string): string {
  return wrapText(text, width).join('\n');
}
