import { runCli } from 'rppkit';

// The command line with the flags that follow.
process.exitCode = await runCli(process.argv.slice(2), process);
