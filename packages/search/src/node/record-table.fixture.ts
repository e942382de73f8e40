import { appendFileSync } from 'node:fs';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { recordResponseTableFile } from './response-table-file.ts';

/**
 * A process of its own, for tests: records the scripted world into the table at PATH, and appends the number of every prompt
 * that the model is asked to the file at ASKED. `node … PATH ASKED`
 */
const [path, asked] = process.argv.slice(2);
const { tasks, space, model } = createScriptedWorld({ users: 60, interaction: true });
await recordResponseTableFile(
  path!,
  tasks.map(({ task }) => task),
  space,
  {
    id: model.id,
    async generate(request) {
      const response = await model.generate(request);
      // Slow enough to be killed on the way.
      await new Promise((resolve) => setTimeout(resolve, 2));
      const text = request.messages.map((message) => message.text).join();
      appendFileSync(asked!, `${JSON.stringify([text, request.sampleIndex])}\n`);
      return response;
    },
  },
  { draws: 2, concurrency: 4 },
);
process.disconnect?.();
