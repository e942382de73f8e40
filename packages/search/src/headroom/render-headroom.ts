import type { HeadroomLook } from './look-for-headroom.ts';
import type { HeadroomLookPlan } from './plan-headroom-look.ts';
import type { TableHeadroom } from './table-headroom.ts';

/** The verdict of a table or of the cheap look as a few lines of Markdown. */
export function renderHeadroom(headroom: TableHeadroom | HeadroomLook): string {
  return 'interaction' in headroom ? renderTable(headroom) : renderLook(headroom);
}

/** What a look will cost, in one line. */
export function renderHeadroomPlan({ calls, tasks, inputTokens, outputTokens }: HeadroomLookPlan): string {
  return (
    `${renderCount(calls)} calls about ${renderCount(tasks)} tasks, about ${renderCount(inputTokens)} tokens to the model and ` +
    `${renderCount(outputTokens)} back (estimated from the texts).`
  );
}

function renderTable(headroom: TableHeadroom): string {
  const { mean, low, high, margin, verdict, interaction, users, lostUsers } = headroom;
  const verdicts = {
    pays: 'Personal prompts pay on this table.',
    'too-small': `Too small to matter: below ${margin.toFixed(3)}.`,
    undecided: 'Undecided.',
  };
  const lines = [
    `Attainable headroom ${mean.toFixed(4)}, 95 % interval ${low.toFixed(4)} to ${high.toFixed(4)}, ${users} users` +
      `${lostUsers === 0 ? '' : `, ${lostUsers} more lost to failed calls`}; an estimate from below.`,
    `Does what a prompt is worth depend on the user? p = ${interaction.p.toFixed(3)}; ${renderPower(headroom.detectable)}`,
    verdicts[verdict],
  ];
  if (headroom.moreUsers !== undefined) {
    lines.push(
      `About ${renderCount(headroom.moreUsers)} more users, ${renderCount(headroom.moreCalls!)} calls, would decide.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function renderLook(look: HeadroomLook): string {
  const lines = [
    look.verdict === 'worth-training'
      ? 'Worth training: what a prompt is worth depends on the user.'
      : `No sign that what a prompt is worth depends on the user; ${renderPower(look.detectable)}`,
    `p = ${look.p.toFixed(3)}; prompts chosen from these answers would gain about ${look.estimate.toFixed(4)}. Only a table or a ` +
      'trained policy can say that it pays.',
    '',
    '| pattern | p | gain |',
    '| --- | --- | --- |',
    ...look.patterns.map(({ name, p, estimate }) => `| ${name} | ${p.toFixed(3)} | ${estimate.toFixed(4)} |`),
    '',
    `${renderCount(look.calls)} calls about ${renderCount(look.tasks)} tasks, ${renderCount(look.failed)} failed, ` +
      `${renderCount(look.tokens)} tokens.`,
  ];
  return `${lines.join('\n')}\n`;
}

function renderPower(detectable: number): string {
  return Number.isFinite(detectable)
    ? `of interactions drawn at random, those worth ${detectable.toFixed(3)} show four times in five; real ones can hide better.`
    : 'the encoders say nothing in which users differ, so none can show.';
}

function renderCount(value: number): string {
  return value.toLocaleString('en-US');
}
