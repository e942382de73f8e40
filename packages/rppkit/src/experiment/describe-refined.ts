import type { JointAction, PatternSpace } from '@rppkit/patterns';
import type { GrowthOutcome } from './grow-space.ts';
import type { ExperimentResults, RefinedSentence } from './results.ts';

/** The refined sentences of a grown space, in the order in which they were made. */
export function describeRefined(
  { children, reasons }: GrowthOutcome,
  { patterns }: PatternSpace,
  choices: readonly JointAction[],
): NonNullable<ExperimentResults['refined']> {
  const sentences = children.map((child): RefinedSentence => {
    const position = patterns.findIndex(({ name }) => name === child.pattern);
    const { expressions } = patterns[position]!;
    const find = (wanted: string): number => expressions.findIndex(({ id }) => id === wanted);
    const [action, parent] = [find(child.id), find(child.parent)];
    const { pairs, sum } = child.pairs;
    const listGuards = (wanted: 'passed' | 'not-checked'): readonly string[] =>
      child.guards.flatMap(({ guard, status }) => (status === wanted ? [guard] : []));
    return {
      pattern: child.pattern,
      id: child.id,
      parent: child.parent,
      sentence: expressions[action]!.template,
      parentSentence: expressions[parent]!.template,
      verdict: child.verdict,
      pairs,
      gain: pairs === 0 ? null : sum / pairs,
      share: choices.filter((choice) => choice[position] === action).length / choices.length,
      notChecked: listGuards('not-checked'),
      passed: listGuards('passed'),
      born: child.born,
    };
  });
  return { sentences, reasons };
}
