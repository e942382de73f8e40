import { createHash } from 'node:crypto';
import type { GivenAnswer, RankingStepInfo } from '@rppkit/env';
import type { TrainingProgress } from '@rppkit/marl';

/**
 * The lines of `trajectories.jsonl` for one update, one a call: task, candidate order, joint action with propensities,
 * prompt hash (SHA-256), raw text, parsed ranking, reward. They hold only what seed, data and answers determine.
 */
export function renderTrajectories({ update, rollout, steps }: TrainingProgress<RankingStepInfo>): string {
  let lines = '';
  rollout.steps.forEach((step, round) => {
    steps[round + 1]!.infos.forEach((info, row) => {
      if (info === undefined) return;
      const { judged, score } = info;
      const agents = Object.keys(step.actions);
      for (const { orderIndex, sampleIndex, answer } of info.asked) {
        const record = {
          update,
          row,
          round: info.round,
          task: judged.task.id,
          orderIndex,
          sampleIndex,
          candidateOrder: [...answer.candidateOrder],
          actions: Object.fromEntries(agents.map((agent) => [agent, step.actions[agent]![row]])),
          propensities: Object.fromEntries(
            agents.map((agent) => [agent, Math.exp(step.logProbabilities[agent]![row]!)]),
          ),
          promptHash: createHash('sha256').update(answer.prompt.text).digest('hex'),
          outcome: answer.outcome,
          ...(answer.outcome === 'failed'
            ? { failure: answer.failure }
            : { raw: answer.raw, parsed: renderParsed(answer.parsed), ndcg: score, reward: step.rewards[row] }),
        };
        lines += `${JSON.stringify(record)}\n`;
      }
    });
  });
  return lines;
}

function renderParsed(parsed: GivenAnswer['parsed']): object {
  if (parsed.kind === 'invalid') return { kind: parsed.kind, reason: parsed.reason };
  const { kind, order, repeated, foreign, approximate, strategy } = parsed;
  return { kind, order: [...order], repeated, foreign, approximate, strategy };
}
