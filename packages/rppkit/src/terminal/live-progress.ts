import type { RunFacts } from '../experiment/run-facts.ts';
import { type PhaseView, renderLiveView } from './live-view.ts';
import type { Progress } from './progress.ts';
import { createRateMeter } from './rate-meter.ts';
import { createScreenPainter, type ScreenPainter } from './screen-painter.ts';

/** Milliseconds between two repaints. */
const interval = 150;
/** Columns that are enough: a window that stays wider breaks no line when it is resized. */
const widest = 100;

/** Progress as a view that is repainted in place, from the first `begin` to `close`. */
export function createLiveProgress(
  stream: NodeJS.WriteStream,
  { now = () => performance.now() }: { readonly now?: () => number } = {},
): Progress {
  let started: number | undefined;
  const meter = createRateMeter();
  const phases = new Map<string, PhaseView>();
  let facts: Partial<RunFacts> = {};
  let running: string | undefined;
  let open: { readonly painter: ScreenPainter; readonly timer: NodeJS.Timeout } | undefined;

  const estimate = (): { readonly phase: number; readonly run: number } | undefined => {
    const rate = meter.perSecond();
    if (rate === undefined || running === undefined) return undefined;
    const countLeft = ({ total, done }: PhaseView): number => Math.max(0, total - done);
    const all = [...phases.values()].reduce((sum, phase) => sum + countLeft(phase), 0);
    return { phase: countLeft(phases.get(running)!) / rate, run: all / rate };
  };
  const paint = (): void => {
    const state = {
      phases: [...phases.values()],
      facts,
      now: now(),
      secondsSoFar: (now() - (started ?? now())) / 1000,
      secondsLeft: estimate(),
    };
    open?.painter.paint(
      renderLiveView(state, {
        columns: Math.min(widest, stream.columns),
        rows: stream.rows,
        colour: stream.hasColors?.() ?? false,
      }),
    );
  };
  const show = (): void => {
    // After a long computation the news that the terminal was resized comes between the timer and this.
    const timer = setInterval(() => setImmediate(paint), interval).unref();
    open = { painter: createScreenPainter(stream), timer };
    stream.on('resize', paint);
  };
  const change = (label: string | undefined, changes: Partial<PhaseView>): void => {
    const phase = label === undefined ? undefined : phases.get(label);
    if (phase !== undefined) phases.set(phase.label, { ...phase, ...changes });
  };

  return {
    begin(label, total) {
      // What was announced before and never began was done by an earlier process.
      for (const phase of phases.values()) {
        if (phase.label === label) break;
        if (phase.status === 'waiting') change(phase.label, { status: 'ended', done: phase.total });
      }
      phases.set(label, { label, total, done: 0, status: 'running' });
      running = label;
      meter.reset();
      // Loading data and the question before a paid run are no part of it.
      started ??= now();
      if (open === undefined) show();
      paint();
    },
    advance(done) {
      change(running, { done });
      meter.add(now(), done);
    },
    update(news) {
      facts = { ...facts, ...news };
      for (const { label, total } of news.phases ?? []) {
        if (!phases.has(label)) phases.set(label, { label, total, done: 0, status: 'waiting' });
      }
    },
    end() {
      change(running, { status: 'ended' });
      running = undefined;
      paint();
    },
    close() {
      if (open === undefined) return;
      const { painter, timer } = open;
      paint();
      clearInterval(timer);
      stream.off('resize', paint);
      painter.close();
      open = undefined;
    },
  };
}
