import type { PatternSpace } from '@rppkit/patterns';
import type { Arm } from './lineage.ts';
import type { PlayedRound } from './played-rounds.ts';

/** The arms of a space with one more rollout; expressions that had none begin. */
export function tallyArms(arms: readonly Arm[], space: PatternSpace, rounds: readonly PlayedRound[]): readonly Arm[] {
  return space.patterns.flatMap(({ name, expressions }, position) =>
    expressions.map(({ id }, action) => {
      const arm = findArm(arms, name, id) ?? createArm(name, id);
      const own = rounds.filter(({ info }) => info.choice[position] === action);
      return own.reduce(addRound, { ...arm, recent: arm.recent / 2 });
    }),
  );
}

export function findArm(arms: readonly Arm[], pattern: string, id: string): Arm | undefined {
  return arms.find((arm) => arm.pattern === pattern && arm.id === id);
}

function createArm(pattern: string, id: string): Arm {
  const none = { rounds: 0, sum: 0, squares: 0, recent: 0, complete: 0, partial: 0, invalid: 0, foreign: 0 };
  return { pattern, id, ...none, outputTokens: 0, refinements: 0 };
}

function addRound(arm: Arm, { info }: PlayedRound): Arm {
  const next = { ...arm, recent: arm.recent + 1 };
  if (info.score !== undefined) {
    next.rounds += 1;
    next.sum += info.score;
    next.squares += info.score ** 2;
  }
  for (const { answer } of info.asked) {
    if (answer.outcome === 'failed') continue;
    next[answer.parsed.kind] += 1;
    if (answer.parsed.kind !== 'invalid' && answer.parsed.foreign.length > 0) next.foreign += 1;
    next.outputTokens += answer.usage.outputTokens;
  }
  return next;
}
