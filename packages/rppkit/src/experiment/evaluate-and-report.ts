import { openPromptPolicy } from '@rppkit/env';
import { decodeJointAction } from '@rppkit/patterns';
import type { PolicyFile } from '@rppkit/policy';
import { type ContextOracle, fitContextOracle } from '@rppkit/search';
import { renderReport } from '../report/render-report.ts';
import type { TrainingRecord } from '../run-folder/read-run.ts';
import { getVersions } from '../versions.ts';
import { collectExamples } from './collect-examples.ts';
import { describeRefined } from './describe-refined.ts';
import { describeVerdict } from './describe-verdict.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import { type ExperimentContext, runPhase } from './experiment-context.ts';
import type { PreparedExperiment } from './prepare-experiment.ts';
import type { CallPhase, ExperimentResults } from './results.ts';

/** What is evaluated. */
export interface TrainedRun {
  readonly policy: PolicyFile;
  readonly record: TrainingRecord;
  /** As the report shows it. */
  readonly command: string;
}

/** Evaluates a policy beside bounds and controls; writes `evaluation.csv`, `results.json` and `report.html`. */
export async function evaluateAndReport(
  trained: ExperimentContext,
  { data: { dataset }, ranker, backend, space }: PreparedExperiment,
  { policy, record, command }: TrainedRun,
): Promise<ExperimentResults> {
  const { config, folder } = trained;
  const oracle = config.oracleAnswers > 0 ? await findOracle(trained) : undefined;
  const choice = decodeJointAction(space, record.bestFixed);
  // Prompts found before are the same in it: a space grows at its end.
  const context = { ...trained, space: openPromptPolicy(policy).space };
  const evaluation = await evaluatePolicy(context, {
    dataset,
    space,
    policy,
    policyCalls: record.policyCalls,
    bestFixed: { choice, calls: record.bestFixedCalls },
    oracle,
  });
  // Counted before the examples are read once more.
  const asked = context.calls.counts().filter(({ phase }) => isEvaluating(phase));
  const { rows, headroom, gains, patternUse, lostUsers, choices, kept } = evaluation;
  const results: ExperimentResults = {
    schemaVersion: 1,
    run: folder.name,
    command,
    seed: config.seed,
    data: {
      name: dataset.name,
      users: dataset.log.users.length,
      items: dataset.log.items.length,
      interactions: dataset.log.user.length,
      trainUsers: context.tasks.train.length,
      reportUsers: context.tasks.report.length,
      lostUsers,
      candidates: config.candidates,
    },
    model: ranker.model.id,
    backend,
    rows,
    headroom,
    gains,
    verdict: describeVerdict({ headroom, gains, rows }),
    learningCurve: record.learningCurve,
    patternUse,
    refined: record.growth === undefined ? null : describeRefined(record.growth, context.space, choices),
    examples: await collectExamples(context, choices, choice, kept),
    versions: getVersions(),
    timing: { calls: [...record.calls, ...asked] },
  };
  folder.write('results.json', `${JSON.stringify(results, null, 2)}\n`);
  folder.write('report.html', await renderReport(results));
  return results;
}

function findOracle(context: ExperimentContext): Promise<ContextOracle> {
  const { config, tasks, space, encoders, calls, random, signal, onAnswer } = context;
  return runPhase(context, 'context oracle', { total: config.oracleAnswers }, () =>
    fitContextOracle({
      tasks: tasks.train,
      calls: config.oracleAnswers,
      encoders,
      random: random.split('context-oracle'),
      space,
      model: calls.model,
      concurrency: config.concurrency,
      signal,
      onAnswer,
    }),
  );
}

/** Whether calls of a phase belong to an evaluation, which can be made again. */
export function isEvaluating(phase: CallPhase): boolean {
  return phase === 'context oracle' || phase === 'evaluate';
}
