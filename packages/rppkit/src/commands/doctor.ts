import type { TokenPrices } from '@rppkit/env';
import type { RankingTask } from '@rppkit/spec';
import type { Command } from 'commander';
import type { Check } from '../doctor/check.ts';
import type { EstimateRunOptions, RunEstimate } from '../experiment/estimate-run.ts';
import { pickDefined } from '../pick-defined.ts';
import type { CliStreams } from '../run-cli.ts';
import { InterruptedError } from '../usage-error.ts';
import { listenForInterrupt } from './interrupt.ts';
import { addRunsOption } from './options.ts';
import { addPriceFlags, type PriceFlags, readPrices } from './price-flags.ts';

interface DoctorFlags extends PriceFlags {
  readonly model: string;
  readonly runs: string;
  readonly json?: boolean;
}

interface Diagnosis {
  readonly checks: readonly Check[];
  /** Null where the model gave no answer. */
  readonly estimate: RunEstimate | null;
}

/** A call that takes longer is taken for lost. */
const timeoutMs = 60_000;

/** `rppkit doctor`: whether machine and model are ready for a run, and what one would take. */
export function addDoctorCommand(program: Command, { stdout, stderr }: CliStreams): void {
  const command = program
    .command('doctor')
    .description('check machine, keys and model with at most 4 calls, and estimate what a run takes')
    .option('--model <name>', 'simulated, simulated:strong, or provider:name such as openai:gpt-4o-mini', 'simulated');
  addRunsOption(addPriceFlags(command))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Keys are looked for in the environment and never printed. Nothing is stored.
Exit codes: 0 no check failed, 1 one failed, 2 wrong flags, 3 interrupted.

Examples:
  rppkit doctor
  rppkit doctor --model openai:gpt-4o-mini --input-price 0.15 --output-price 0.60
  rppkit doctor --model openai:gpt-4o-mini --json | jq '.checks[] | select(.verdict != "ok")'`,
    )
    .action(async (flags: DoctorFlags) => {
      const prices = readPrices(flags);
      const { writeMessage } = await import('../terminal/write-message.ts');
      const diagnosis = await diagnose(flags, prices, (line) => writeMessage(stderr, line));
      const failed = diagnosis.checks.filter(({ verdict }) => verdict === 'failed').map(({ name }) => name);
      if (flags.json) {
        stdout.write(`${JSON.stringify(diagnosis, null, 2)}\n`);
      } else {
        const { renderChecks, renderEstimate } = await import('../doctor/render-checks.ts');
        const parts = [renderChecks(diagnosis.checks)];
        if (diagnosis.estimate !== null) parts.push(renderEstimate(diagnosis.estimate));
        stdout.write(`${parts.join('\n\n')}\n`);
      }
      if (failed.length > 0) {
        const { RppError } = await import('@rppkit/spec');
        throw new RppError('DOCTOR', `Expected no check to fail, received ${failed.join(', ')}. See above.`);
      }
    });
}

async function diagnose(
  { model, runs }: DoctorFlags,
  prices: TokenPrices | undefined,
  log: (line: string) => void,
): Promise<Diagnosis> {
  const { checkBackend, checkNode, checkRunsFolder } = await import('../doctor/check-machine.ts');
  const { checkKeys } = await import('../doctor/check-keys.ts');
  const keys = checkKeys(model, process.env);
  const machine = [
    checkNode(process.version),
    await checkBackend(() => import('@tensorflow/tfjs-node')),
    checkRunsFolder(runs),
    keys,
  ];
  if (keys.verdict === 'failed') return { checks: machine, estimate: null };
  const asked = await askModel(model, prices, log);
  return { ...asked, checks: [...machine, ...asked.checks] };
}

async function askModel(
  name: string,
  prices: TokenPrices | undefined,
  log: (line: string) => void,
): Promise<Diagnosis> {
  const { createProbeTask } = await import('../doctor/probe-task.ts');
  const { mostProbeCalls, probeModel } = await import('../doctor/probe-model.ts');
  const { createRanker } = await import('../models/create-ranker.ts');
  const { withTimeout } = await import('@rppkit/env');
  const { dataset, outsiders, task, space, prompt, structured } = createProbeTask();
  const open = async (temperature?: number) => {
    const options = { name, dataset, synthetic: true, outsiders, ...pickDefined({ temperature }) };
    return withTimeout((await createRanker(options)).model, timeoutMs);
  };
  const [model, cold] = [await open(), await open(0)];
  log(`At most ${mostProbeCalls} calls to ${name}, of about ${prompt.estimatedTokens} tokens each.`);
  const { signal, stop } = listenForInterrupt();
  try {
    const { checks, first } = await probeModel({ model, cold, task, prompt, structured, signal });
    if (first === undefined) return { checks, estimate: null };
    const measured = { prompt, usage: first.usage };
    return { checks, estimate: await estimateDefaultRun(name, { task, space, prices, measured }) };
  } catch (error) {
    if (signal.aborted) throw new InterruptedError('The check was interrupted.');
    throw error;
  } finally {
    stop();
  }
}

/** What `rppkit train` takes with its defaults on a large data set. */
async function estimateDefaultRun(
  model: string,
  { task, ...options }: { readonly task: RankingTask } & Pick<EstimateRunOptions, 'space' | 'prices' | 'measured'>,
): Promise<RunEstimate> {
  const { estimateRun } = await import('../experiment/estimate-run.ts');
  const { parseExperimentConfig } = await import('../experiment/experiment-config.ts');
  const { planCalls } = await import('../experiment/plan-calls.ts');
  const { mostReportUsers } = await import('../experiment/prepare-tasks.ts');
  const { createRandomStream } = await import('@rppkit/spec');
  const config = parseExperimentConfig({ data: { kind: 'synthetic', preset: 'diverse' }, model });
  const plan = planCalls(config, options.space, mostReportUsers);
  return estimateRun({ ...options, plan, tasks: [task], random: createRandomStream('doctor') });
}
