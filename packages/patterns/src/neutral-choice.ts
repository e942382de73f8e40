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
 * The neutral fixed prompt, the one to beat first, of expressions that are not retired. In every pattern the first one
 * marked `neutral`; else, as in the presets, no role, the window nearest to 10 (the smaller of two), the reasoning `plain`
 * and the format `numbered-titles`; else the first.
 */
export function neutralChoice(space: PatternSpace): JointAction {
  return space.patterns.map((pattern) => {
    const marked = pattern.expressions.findIndex(({ neutral, retired }) => neutral === true && retired !== true);
    if (marked >= 0) return marked;
    return pattern.section === 'history' ? findNeutralWindow(pattern) : findNeutralId(pattern, pattern.section);
  });
}

function findNeutralId({ expressions }: Pattern, section: keyof typeof neutralIds): number {
  const found = expressions.findIndex(({ id, retired }) => id === neutralIds[section] && retired !== true);
  return found >= 0 ? found : expressions.findIndex(({ retired }) => retired !== true);
}

function findNeutralWindow(pattern: Pattern): number {
  const windows = pattern.expressions.map((expression) => computeWindow(pattern, expression));
  let nearest = pattern.expressions.findIndex(({ retired }) => retired !== true);
  windows.forEach((window, index) => {
    if (pattern.expressions[index]!.retired === true) return;
    const gain = Math.abs(windows[nearest]! - neutralWindow) - Math.abs(window - neutralWindow);
    if (gain > 0 || (gain === 0 && window < windows[nearest]!)) nearest = index;
  });
  return nearest;
}
