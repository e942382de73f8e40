import { openPromptPolicy } from '@rppkit/env';
import { decodeJointAction } from '@rppkit/patterns';
import type { PolicyFile } from '@rppkit/policy';
import { type ContextOracle, fitContextOracle } from '@rppkit/search';
import { renderReport } from '../report/render-report.ts';
import { writeExamples } from '../run-folder/example-file.ts';
import { readCallCost } from '../run-folder/read-call-cost.ts';
import type { TrainingRecord } from '../run-folder/read-run.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { type PolicySource, readManifest } from '../run-folder/run-manifest.ts';
import { getVersions } from '../versions.ts';
import { collectExamples } from './collect-examples.ts';
import { describeRefined } from './describe-refined.ts';
import { readSetting } from './describe-setting.ts';
import { describeVerdict } from './describe-verdict.ts';
import { estimateEffects } from './estimate-effects.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import { type ExperimentContext, runPhase } from './experiment-context.ts';
import { listFrozen } from './policy-space.ts';
import type { PreparedExperiment } from './prepare-experiment.ts';
import { readTrainingAnswers } from './read-training-answers.ts';
import type { CallPhase, ExperimentResults, RunCost } from './results.ts';

/** What is evaluated. */
export interface TrainedRun {
  readonly policy: PolicyFile;
  readonly record: TrainingRecord;
  /** Of a policy that another run trained. */
  readonly source?: PolicySource | undefined;
  /** As the report shows it. */
  readonly command: string;
}

/** Evaluates a policy beside bounds and controls; writes `evaluation.csv`, `examples.jsonl`, `results.json` and `report.html`. */
export async function evaluateAndReport(
  context: ExperimentContext,
  { data: { dataset }, ranker, backend }: PreparedExperiment,
  { policy, record, source, command }: TrainedRun,
): Promise<ExperimentResults> {
  const { config, folder, space } = context;
  // First, so that nothing is paid for where a file is damaged.
  const training = readTrainingAnswers(folder, { tasks: context.tasks.train, space: context.space });
  const oracle = config.oracleAnswers > 0 ? await findOracle(context) : undefined;
  const choice = decodeJointAction(space, record.bestFixed);
  const promptPolicy = openPromptPolicy(policy);
  const evaluation = await evaluatePolicy(context, {
    dataset,
    promptPolicy,
    policyCalls: record.policyCalls,
    bestFixed: { choice, calls: record.bestFixedCalls },
    oracle,
  });
  const asked = context.calls.counts().filter(({ phase }) => isEvaluating(phase));
  const cost = ranker.free ? null : readCost(folder);
  const { rows, headroom, gains, significance, patternUse, groupUse, answers, positionBias } = evaluation;
  const { lostUsers, choices, kept, given } = evaluation;
  const setting = readSetting(config);
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
    ...(setting && { setting }),
    ...(source && { transfer: { run: source.run, trainedOn: source.model, evaluatedOn: config.model } }),
    backend,
    rows,
    headroom,
    gains,
    significance,
    verdict: describeVerdict({ headroom, gains, rows }),
    // Runs of earlier versions did not count the calls of a point; without refinement they are its episodes.
    learningCurve: record.learningCurve.map((point) => ({ ...point, calls: point.calls ?? point.episodes })),
    patternUse,
    ...(config.freeze && { frozen: listFrozen(space, config, record.bestFixed) }),
    groupUse,
    effects:
      // Masks and observations of later rounds depend on answers that the log does not hold.
      training === undefined || config.rounds > 1
        ? null
        : estimateEffects(training.choices, {
            tasks: context.tasks.train,
            space: promptPolicy.space,
            encoders: context.encoders,
            ...(record.growth && { children: record.growth.children }),
            random: context.random.split('effects'),
          }),
    answers: { evaluation: answers, training: training?.counts ?? null },
    positionBias,
    refined: record.growth === undefined ? null : describeRefined(record.growth, promptPolicy.space, choices),
    versions: getVersions(),
    timing: { calls: [...record.calls, ...asked], cost },
  };
  const examples = collectExamples(context.tasks.report, kept, given);
  writeExamples(folder, examples);
  folder.write('results.json', `${JSON.stringify(results, null, 2)}\n`);
  folder.write('report.html', await renderReport(results, examples));
  return results;
}

function readCost(folder: RunFolder): RunCost | null {
  const cost = readCallCost(folder.resolve('calls.jsonl'));
  if (cost === undefined) return null;
  const { inputPerMillion, outputPerMillion } = readManifest(folder).prices ?? {};
  const priced = inputPerMillion !== undefined && outputPerMillion !== undefined;
  return { ...cost, prices: priced ? { inputPerMillion, outputPerMillion } : null };
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
