// Runs in a folder where only the packages that serve are installed: opens a policy file, makes the prompt of every visit
// and writes what came of each as JSON. Arguments: the policy file, the visits, the file to write.
import { readFileSync, writeFileSync } from 'node:fs';
import { openPromptPolicy, personalize } from '@rppkit/env';
import { encodeJointAction } from '@rppkit/patterns';
import { decodePolicy } from '@rppkit/policy';

const [policyPath, visitsPath, reportPath] = process.argv.slice(2);
const visits = JSON.parse(readFileSync(visitsPath, 'utf8')).map(({ task, earlier }) => ({
  task,
  earlier: earlier.map(({ choice, answers }) => ({
    choice,
    answers: answers.map((answer) => ({ ...answer, ranking: Int32Array.from(answer.ranking) })),
  })),
}));

const opening = performance.now();
const opened = openPromptPolicy(decodePolicy(readFileSync(policyPath)));
const openMilliseconds = performance.now() - opening;

const served = [];
for (const { task, earlier } of visits) {
  const started = performance.now();
  const { choice, prompt } = await personalize(opened, task, { earlier });
  const milliseconds = performance.now() - started;
  served.push({ choice: encodeJointAction(opened.space, choice), text: prompt.text, milliseconds });
}

// Again and untimed, with a policy that also tells what it would choose with which probability.
const probabilities = [];
const { policy } = opened;
const telling = {
  ...opened,
  policy: {
    ...policy,
    act(observations, options) {
      probabilities.push(policy.probabilities(observations, options.masks));
      return policy.act(observations, options);
    },
  },
};
for (const { task, earlier } of visits) await personalize(telling, task, { earlier });

const prompts = served.map((one, visit) => ({
  ...one,
  probabilities: Object.fromEntries(
    Object.entries(probabilities[visit]).map(([agent, values]) => [agent, Array.from(values)]),
  ),
}));
writeFileSync(reportPath, JSON.stringify({ openMilliseconds, prompts }));
