/** What `rppkit init` writes, by file name. `name` is that of the package, `version` the rppkit that it depends on. */
export function createProjectFiles({
  name,
  version,
}: {
  readonly name: string;
  readonly version: string;
}): Readonly<Record<string, string>> {
  const manifest = {
    name,
    private: true,
    type: 'module',
    scripts: { train: 'rppkit train', report: 'rppkit report' },
    dependencies: { rppkit: `^${version}` },
  };
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'rppkit.config.ts': config,
    '.gitignore': 'node_modules/\nruns/\n',
    'README.md': `# ${name}\n\n${readme}`,
  };
}

const config = `import { defineExperiment } from 'rppkit';

// All fields with their values, origins and meanings: npx rppkit config explain
export default defineExperiment({
  // Your data: a CSV file with one interaction a row. Paths start at the folder of this file. In place of the world below:
  //   data: {
  //     kind: 'files',
  //     path: 'interactions.csv',
  //     columns: { user: 'userId', item: 'itemId', time: 'timestamp', title: 'title' },
  //   },
  //   domain: 'books', // the words of the prompts: movies, games, music, books, news or products
  data: { kind: 'synthetic', preset: 'diverse', users: 600 },

  // Your model: 'openai:gpt-4o-mini' with its key in OPENAI_API_KEY, or any other chat model of LangChain.
  // The simulated one answers without a key, a network or costs.
  model: 'simulated',

  // Your patterns: a prompt has the patterns role, history, reasoning and format. RPP learns which sentence of each suits
  // a user. With RPP+ the model also refines the sentences of the patterns that you name:
  //   plus: { patterns: ['role', 'reasoning', 'format'] },

  // Calls of the training; finding the best fixed prompt takes as many. Enough to see that everything works, but too few
  // to show a gain: for that, take 16,000 users and 30,000 episodes.
  episodes: 2048,
});
`;

const readme = `Finds out with [rppkit](https://www.npmjs.com/package/rppkit) which prompt makes an LLM rank best for each user.

\`\`\`sh
npm install
npx rppkit train             # one run, in runs/; ends with a table and the path of a report
npx rppkit config explain    # every setting of rppkit.config.ts, and what it means
npx rppkit report            # the report of the latest run once more; --redact for one to hand on
\`\`\`

Data, model and budget are in \`rppkit.config.ts\`. Flags go before it: \`npx rppkit train --seed 2\`.
`;
