import { createLocalHost } from './harness/local-host.ts';
import { runCommand } from './harness/run-command.ts';

process.exitCode = await runCommand(process.argv.slice(2), createLocalHost());
