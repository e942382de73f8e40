import { computeWindow } from './history-window.ts';
import type { JointAction } from './joint-action.ts';
import type { Pattern, PatternSection } from './pattern.ts';
import type { PatternSpace } from './pattern-space.ts';

const neutralIds: Readonly<Record<Exclude<PatternSection, 'history'>, string>> = {
  role: 'none',
  reasoning: 'plain',
  format: 'numbered-titles',
};
const neutralWindow = 10;

/**
 * The neutral fixed prompt, the one to beat first. In every pattern the first expression marked `neutral`; else, as in the
 * presets, no role, the window nearest to 10 (the smaller of two), the reasoning `plain` and the format `numbered-titles`;
 * else the first.
 */
export function neutralChoice(space: PatternSpace): JointAction {
  return space.patterns.map((pattern) => {
    const marked = pattern.expressions.findIndex(({ neutral }) => neutral === true);
    if (marked >= 0) return marked;
    return pattern.section === 'history' ? findNeutralWindow(pattern) : findNeutralId(pattern, pattern.section);
  });
}

function findNeutralId({ expressions }: Pattern, section: keyof typeof neutralIds): number {
  return Math.max(
    0,
    expressions.findIndex(({ id }) => id === neutralIds[section]),
  );
}

function findNeutralWindow(pattern: Pattern): number {
  const windows = pattern.expressions.map((expression) => computeWindow(pattern, expression));
  let nearest = 0;
  windows.forEach((window, index) => {
    const gain = Math.abs(windows[nearest]! - neutralWindow) - Math.abs(window - neutralWindow);
    if (gain > 0 || (gain === 0 && window < windows[nearest]!)) nearest = index;
  });
  return nearest;
}
