import type { RunFacts } from '../experiment/run-facts.ts';
import { describePhase } from './describe-phase.ts';
import { createLiveProgress } from './live-progress.ts';
import { describeRateLimit } from './live-view.ts';

/** What is written to: standard output or error, or anything like them. */
export interface TextStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how far a run is. */
export interface Progress {
  /** A phase of `total` steps begins. */
  begin(label: string, total: number): void;
  /** So many steps of the phase are done. */
  advance(done: number): void;
  /** What is known of the run, each fact in place of the one before; told several times a second. */
  update?(facts: Partial<RunFacts>): void;
  /** The phase has ended, done or not. */
  end(): void;
  /** No phase follows. What was shown last stays. */
  close?(): void;
}

export interface CreateProgressOptions {
  /** Whether to repaint a view in place. Default: on a terminal, but for `CI` and `TERM=dumb` in the environment. */
  readonly live?: boolean;
}

/** A view that is repainted in place, or plain lines: at the start of a phase, at every further quarter, and once a minute. */
export function createProgress(stream: TextStream, { live = isLive(stream) }: CreateProgressOptions = {}): Progress {
  return live ? createLiveProgress(stream as NodeJS.WriteStream) : createLines(stream);
}

function isLive({ isTTY }: TextStream, { CI = '', TERM } = process.env): boolean {
  return isTTY === true && (CI === '' || CI === 'false') && TERM !== 'dumb';
}

/** Milliseconds after which a line is due even where little was done. */
const pause = 60_000;

function createLines(stream: TextStream): Progress {
  let current = { label: '', total: 0 };
  let facts: Partial<RunFacts> = {};
  let quarter = 0;
  let lastLine = 0;
  let lastRefusal = -Infinity;
  return {
    begin(label, total) {
      current = { label, total };
      quarter = 0;
      lastLine = performance.now();
      stream.write(`${label}: 0/${total}\n`);
    },
    advance(done) {
      const reached = Math.floor((4 * done) / current.total);
      if (reached <= quarter && performance.now() - lastLine < pause) return;
      quarter = Math.max(quarter, reached);
      lastLine = performance.now();
      const note = describePhase(current.label, facts);
      stream.write(`${current.label}: ${done}/${current.total}${note === '' ? '' : `  ${note}`}\n`);
    },
    update(news) {
      facts = { ...facts, ...news };
      const limit = news.calls?.rateLimit;
      if (limit === undefined || limit === null || limit.refused === 0) return;
      const now = performance.now();
      if (limit.pausedUntil <= now || now - lastRefusal < pause) return;
      lastRefusal = now;
      stream.write(`Rate limit: ${describeRateLimit(limit, now)}\n`);
    },
    end() {},
  };
}
