import type { SimulatorServer, SimulatorServerOptions } from '@rppkit/simulator/node';
import { InvalidArgumentError } from '@rppkit/spec';
import { type Command, Option } from 'commander';
import { addDataFlags, type DataFlags } from '../data/data-flags.ts';
import { resolveData } from '../data/resolve-data.ts';
import { worldFlags } from '../data/world-names.ts';
import { describeField } from '../experiment/config-fields.ts';
import { pickDefined } from '../pick-defined.ts';
import type { CliStreams } from '../run-cli.ts';
import { UsageError } from '../usage-error.ts';
import { listenForInterrupt } from './interrupt.ts';
import { makeRelative, parseInteger } from './options.ts';

interface SimulateServerFlags extends DataFlags {
  readonly data: string;
  readonly users?: number;
  readonly seed?: number;
  readonly trainUsers?: number;
  readonly reportUsers?: number;
  readonly host: string;
  readonly port: number;
  readonly profile: 'weak' | 'strong';
  readonly json?: boolean;
}

const defaultPort = 8787;

/** `rppkit simulate-server`: the simulated model behind OpenAI's protocol, until Ctrl-C. */
export function addSimulateServerCommand(program: Command, streams: CliStreams): void {
  const positive = parseInteger(1);
  const command = program
    .command('simulate-server')
    .description('serve the simulated model to clients of OpenAI, to try them without a key; Ctrl-C ends it')
    .option('--data <source>', `what it knows: ${worldFlags}, or a data set`, makeRelative, 'synthetic')
    .option('--users <count>', describeField('data.users'), positive)
    .option('--seed <integer>', 'makes the world and chooses the users that it knows (default: 1)', parseInteger(0))
    .option('--train-users <count>', 'users that it does not know, as for train', positive)
    .option('--report-users <count>', 'more of them, as for train', parseInteger(2))
    .addOption(
      new Option('--profile <name>', 'the model that is printed; both are served')
        .choices(['weak', 'strong'])
        .default('weak'),
    )
    .option('--host <address>', 'address to listen on; others than the default let other machines in', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 for any free one', parseInteger(0), defaultPort)
    .option('--json', 'print where it is as one line of JSON');
  addDataFlags(command)
    .addHelpText(
      'after',
      `
It knows the data from users that "train" with the same data, seed and numbers of
users leaves out, so a run on it is as honest as one with --model simulated.
Exit codes: 0 ended by Ctrl-C, 1 failed, 2 the port is in use, or wrong flags.

Examples:
  rppkit simulate-server
  rppkit simulate-server --data data/ml-100k.zip --port 0 --profile strong
  OPENAI_BASE_URL=http://127.0.0.1:${defaultPort}/v1 OPENAI_API_KEY=anything \\
    rppkit train --data synthetic --model openai:simulated-weak --yes`,
    )
    .action((flags: SimulateServerFlags) => serve(flags, streams));
}

async function serve(flags: SimulateServerFlags, { stdout, stderr }: CliStreams): Promise<void> {
  const { data, users, seed, trainUsers, reportUsers, host, port, profile, json } = flags;
  const source = await resolveData(data, users, flags);
  const { parseExperimentConfig } = await import('../experiment/experiment-config.ts');
  const config = parseExperimentConfig({ data: source, ...pickDefined({ seed, trainUsers, reportUsers }) });
  const { writeMessage } = await import('../terminal/write-message.ts');
  const log = (line: string): void => writeMessage(stderr, line);
  const { signal, stop } = listenForInterrupt();
  try {
    const { createServerKnowledge } = await import('../simulate/create-server-knowledge.ts');
    const server = await startServer({ knowledge: await createServerKnowledge(config, log), host, port });
    const variables = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: 'anything' };
    const model = `openai:simulated-${profile}`;
    if (json) {
      stdout.write(`${JSON.stringify({ url: server.url, port: server.port, model, environment: variables })}\n`);
    } else {
      for (const [name, value] of Object.entries(variables)) stdout.write(`export ${name}=${value}\n`);
      log(`The simulated model answers at ${server.url}. With the lines above, pass --model ${model}. Ctrl-C ends it.`);
    }
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    await server.close();
    log(`Ended; requests: ${server.requests.toLocaleString('en-US')}.`);
  } finally {
    stop();
  }
}

/** Says of a port or a host that cannot be had which flag to change. */
async function startServer(options: SimulatorServerOptions): Promise<SimulatorServer> {
  const { startSimulatorServer } = await import('@rppkit/simulator/node');
  try {
    return await startSimulatorServer(options);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError) || !['port', 'host'].includes(error.argument)) throw error;
    throw new UsageError(error.message.replace(`Expected ${error.argument}`, `Expected --${error.argument}`), {
      cause: error,
    });
  }
}
