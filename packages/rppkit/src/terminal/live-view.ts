import { styleText } from 'node:util';
import { computeDisplayWidth, wrapText } from '@rppkit/metrics/report';
import { formatNdcg } from '../experiment/describe-verdict.ts';
import type { CallFacts, RateLimitFacts, RunFacts } from '../experiment/run-facts.ts';
import { fitText } from './fit-text.ts';
import { formatDuration } from './format-duration.ts';

/** One phase as the view shows it. */
export interface PhaseView {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly status: 'waiting' | 'running' | 'ended';
}

/** Everything that the view shows. */
export interface LiveViewState {
  readonly phases: readonly PhaseView[];
  readonly facts: Partial<RunFacts>;
  /** Milliseconds of `performance.now()`. */
  readonly now: number;
  readonly secondsSoFar: number;
  /** Of the phase that runs and of all phases, from the recent rate; undefined where it is not known. */
  readonly secondsLeft?: { readonly phase: number; readonly run: number } | undefined;
}

export interface LiveViewOptions {
  /** Width of the terminal. */
  readonly columns: number;
  /**
   * Height of the terminal. Where not all fits, phases are left out, first those that ended long ago, then facts from the end.
   * Default: no limit.
   */
  readonly rows?: number | undefined;
  /** Whether to style. Default false. */
  readonly colour?: boolean;
}

/** Made once: each is costly. */
const integers = new Intl.NumberFormat('en-US');

type Style = Parameters<typeof styleText>[0];

/** A row of facts: label, text, and its style. */
type Row = readonly [label: string, text: string, style?: Style | undefined];

const labelWidth = 12;
/** Below so many columns labels have no column of their own. */
const narrow = 30;
const widestBar = 24;

/** The view as lines of at most `columns` terminal columns, without a line break at the end. */
export function renderLiveView(state: LiveViewState, { columns, rows, colour = false }: LiveViewOptions): string {
  const paint = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const facts: string[] = [];
  const indent = columns < narrow ? 0 : labelWidth;
  for (const [label, text, style] of listRows(state)) {
    const heading = indent === 0 ? `${label}: ` : '';
    wrapText(heading + text, columns - indent).forEach((line, index) => {
      const fitted = fitText(line, columns - indent);
      const start = paint('dim', (index === 0 ? label : '').padEnd(labelWidth).slice(0, indent));
      facts.push(start + (style === undefined ? fitted : paint(style, fitted)));
    });
  }
  // The cursor stands below the view.
  const most = rows === undefined ? Infinity : Math.max(1, rows - 1);
  const phases = selectPhases(state.phases, most - facts.length);
  const lines = phases.map((phase) => renderPhase(phase, phases, { columns, paint }));
  return [...lines, ...facts].slice(0, most).join('\n');
}

/** As many phases as fit: ended ones go first, from the front, then waiting ones, from the end; the one that runs stays. */
function selectPhases(phases: readonly PhaseView[], most: number): readonly PhaseView[] {
  const count = (status: PhaseView['status']): number => phases.filter((phase) => phase.status === status).length;
  const surplus = Math.max(0, phases.length - most);
  let ended = Math.min(surplus, count('ended'));
  let waiting = count('waiting') - (surplus - ended);
  return phases.filter(({ status }) => {
    if (status === 'ended') return ended-- <= 0;
    return status === 'running' || waiting-- > 0;
  });
}

function renderPhase(
  { label, done, total, status }: PhaseView,
  all: readonly PhaseView[],
  { columns, paint }: { readonly columns: number; readonly paint: (style: Style, text: string) => string },
): string {
  const countPhase = (phase: PhaseView): string => `${formatCount(phase.done)}/${formatCount(phase.total)}`;
  const countWidth = Math.max(...all.map((phase) => countPhase(phase).length));
  const widest = Math.max(...all.map((phase) => computeDisplayWidth(fitText(phase.label, columns))));
  const nameWidth = Math.max(4, Math.min(widest, columns - countWidth - 1));
  const name = fitText(label, nameWidth);
  const padded = name + ' '.repeat(Math.max(0, nameWidth - computeDisplayWidth(name)));
  const count = countPhase({ label, done, total, status });
  const barWidth = Math.min(widestBar, columns - nameWidth - countWidth - 2);
  const filled = total === 0 ? barWidth : Math.floor((barWidth * Math.min(done, total)) / total);
  const bar =
    barWidth < 4
      ? ''
      : `${paint(status === 'ended' ? 'green' : 'cyan', '█'.repeat(filled))}${'░'.repeat(barWidth - filled)} `;
  const text = fitText(count, columns - nameWidth - 1);
  return `${status === 'running' ? paint('bold', padded) : padded} ${bar}${text}`;
}

function listRows({ facts, now, secondsSoFar, secondsLeft, phases }: LiveViewState): readonly Row[] {
  const { calls, training, bestFixed } = facts;
  const rows: Row[] = [];
  const running = phases.find(({ status }) => status === 'running');
  rows.push(['Time', describeTime({ secondsSoFar, secondsLeft, running: running?.label })]);
  if (training !== undefined) rows.push(['Training', describeTraining(training)]);
  if (bestFixed !== undefined) rows.push(['Best fixed', describeBestFixed(bestFixed)]);
  if (calls === undefined) return rows;
  rows.push(['Calls', describeCalls(calls)]);
  if (calls.inputTokens > 0) rows.push(['Tokens', describeTokens(calls)]);
  const failures = addUp(calls.counts.map(({ failures: one }) => one));
  if (hasAny(calls.invalid)) rows.push(['Invalid', describeReasons('answers', calls.invalid), 'yellow']);
  if (hasAny(failures)) rows.push(['Failed', describeReasons('calls', failures), 'yellow']);
  if (calls.rateLimit !== null) {
    const slowed = calls.rateLimit.limit < calls.rateLimit.maximum || calls.rateLimit.pausedUntil > now;
    rows.push(['Rate limit', describeRateLimit(calls.rateLimit, now), slowed ? 'yellow' : undefined]);
  }
  return rows;
}

function describeTime({
  secondsSoFar,
  secondsLeft,
  running,
}: Pick<LiveViewState, 'secondsSoFar' | 'secondsLeft'> & { readonly running: string | undefined }): string {
  const soFar = `${formatDuration(secondsSoFar)} so far`;
  if (secondsLeft === undefined || running === undefined) return soFar;
  const { phase, run } = secondsLeft;
  const whole = run > phase ? `, ${formatDuration(run)} in all` : '';
  return `${soFar}; about ${formatDuration(phase)} left of ${fitText(running, 40)}${whole}`;
}

function describeTraining({ update, updates, reward }: RunFacts['training']): string {
  const gain =
    reward === undefined ? '' : `, NDCG@10 ${formatNdcg(reward.mean)} ±${formatNdcg((reward.high - reward.low) / 2)}`;
  return `update ${formatCount(update)} of ${formatCount(updates)}${gain}`;
}

function describeBestFixed({ description, ndcg }: RunFacts['bestFixed']): string {
  const words = fitText(description, 120);
  if (ndcg === null) return words;
  const mean = Number.isNaN(ndcg.mean) ? '-' : formatNdcg(ndcg.mean);
  return `NDCG@10 ${mean} on ${formatCount(ndcg.answers)} answers: ${words}`;
}

function describeCalls({ counts, underWay }: CallFacts): string {
  const sum = (key: 'fromModel' | 'fromStore'): number => counts.reduce((total, count) => total + count[key], 0);
  const [asked, stored] = [sum('fromModel'), sum('fromStore')];
  const share = stored === 0 ? '' : ` (${((100 * stored) / (asked + stored)).toFixed(1)} %)`;
  const waiting = underWay === 0 ? '' : `, ${formatCount(underWay)} under way`;
  return `${formatCount(asked)} answered by the model, ${formatCount(stored)} read from the store${share}${waiting}`;
}

function describeTokens({ inputTokens, outputTokens, cost }: CallFacts): string {
  const money = cost === null ? '' : `; cost ${cost.toFixed(2)}`;
  return `${formatCount(inputTokens)} of prompts, ${formatCount(outputTokens)} of answers${money}`;
}

function describeReasons(what: string, reasons: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(reasons).toSorted(
    ([left, more], [right, fewer]) => fewer - more || (left < right ? -1 : 1),
  );
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  return `${formatCount(total)} ${what}: ${sorted.map(([reason, count]) => `${reason} ${formatCount(count)}`).join(', ')}`;
}

/** The state of the limits in a few words, for the view and for logs. */
export function describeRateLimit({ limit, maximum, pausedUntil, refused }: RateLimitFacts, now: number): string {
  const paused = pausedUntil > now ? `paused for ${formatDuration((pausedUntil - now) / 1000)}; ` : '';
  const most = limit < maximum ? `${limit} instead of ${maximum} calls at a time` : `up to ${maximum} calls at a time`;
  return `${paused}${most}${refused === 0 ? '' : `; ${formatCount(refused)} refused so far`}`;
}

function addUp(counts: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const one of counts) {
    for (const [reason, count] of Object.entries(one)) sums[reason] = (sums[reason] ?? 0) + count;
  }
  return sums;
}

function hasAny(counts: Readonly<Record<string, number>>): boolean {
  return Object.values(counts).some((count) => count > 0);
}

function formatCount(count: number): string {
  return integers.format(count);
}
