import { createHash } from 'node:crypto';
import { createRandomStream, type JointActions, sampleIndex } from '@rppkit/spec';
import { createTwoOrderEnvironment, spaces } from './two-domains.fixture.ts';

// Run as a process of its own: prints a hash of every byte that ten episodes a domain give for one seed.
const hash = createHash('sha256');
for (const [name, space] of Object.entries(spaces)) {
  const environment = createTwoOrderEnvironment(space);
  const random = createRandomStream(name).split('actions');
  for (let episode = 0; episode < 10; episode++) {
    let step = await environment.reset({ seed: episode });
    while (step.terminated.includes(0)) {
      const masks = step.actionMasks!;
      const actions: JointActions = Object.fromEntries(
        environment.agents.map((agent) => {
          const count = environment.actionCounts[agent]!;
          const choose = (row: number): number =>
            sampleIndex(random, masks[agent]!.subarray(row * count, (row + 1) * count));
          return [agent, Int32Array.from({ length: environment.batchSize }, (_, row) => choose(row))];
        }),
      );
      step = await environment.step(actions);
      for (const values of [step.observations, step.state, step.rewards]) hash.update(new Uint8Array(values.buffer));
      hash.update(JSON.stringify(step.infos.map((info) => info?.asked)));
    }
  }
}
process.stdout.write(hash.digest('hex'));
