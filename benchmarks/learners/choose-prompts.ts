import { encodeObservation } from '@rppkit/env';
import type { MarlLearner } from '@rppkit/marl';
import { computeActionMasks, type JointAction, type PatternSpace } from '@rppkit/patterns';
import { createRandomStream, type Encoder, type JudgedTask } from '@rppkit/spec';

/** The prompt that the learner holds best for each task, before its only round. */
export function choosePrompts(
  learner: MarlLearner,
  tasks: readonly JudgedTask[],
  { space, encoder }: { readonly space: PatternSpace; readonly encoder: Encoder },
): readonly JointAction[] {
  const observations = new Float32Array(tasks.length * encoder.size);
  for (const [row, { task }] of tasks.entries()) {
    const output = observations.subarray(row * encoder.size, (row + 1) * encoder.size);
    encodeObservation([encoder], { task, round: 0, rounds: 1 }, output);
  }
  const legal = tasks.map(({ task }) => computeActionMasks(space, task));
  const masks = Object.fromEntries(
    space.patterns.map(({ name }, position) => [name, Uint8Array.from(legal.flatMap((own) => [...own[position]!]))]),
  );
  const { actions } = learner.act(observations, { deterministic: true, random: createRandomStream(0), masks });
  return tasks.map((_, row) => space.patterns.map(({ name }) => actions[name]![row]!));
}
