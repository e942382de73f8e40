import { computeActionMasks } from '@rppkit/patterns';
import { expect } from 'vitest';
import { chooseAll, type SearcherCheck, searchSubject } from './searcher-subject.ts';
import { createWatchedSource } from './watched-source.ts';

/** What a search ended with: choosing, saving and loading. */
export const foundChecks: readonly SearcherCheck[] = [
  {
    name: 'chooses legal prompts for every length of history, as many as it says',
    async run(subject) {
      const { source } = createWatchedSource();
      const found = await searchSubject(subject, source);
      const { promptsPerRanking } = found;
      expect(Number.isInteger(promptsPerRanking) && promptsPerRanking >= 1, 'promptsPerRanking').toBe(true);
      const { task } = source.tasks[0]!;
      const entry = task.history[0]!;
      const tasks = [0, 1, 2, 3, 30].map((length) => ({
        ...task,
        id: `someone new, ${length} films`,
        user: 'someone new',
        history: new Array<typeof entry>(length).fill(entry),
      }));
      for (const [index, prompts] of (await chooseAll(found, tasks)).entries()) {
        const { id } = tasks[index]!;
        expect(prompts.length, `prompts for ${id}`).toBe(promptsPerRanking);
        const masks = computeActionMasks(source.space, tasks[index]!);
        for (const choice of prompts) {
          expect(choice.length, `expressions of a prompt for ${id}`).toBe(masks.length);
          const legal = choice.every((action, position) => masks[position]![action] === 1);
          expect(legal, `whether the prompt ${choice} is legal for ${id}`).toBe(true);
        }
      }
    },
  },
  {
    name: 'survives save, JSON and load with the same choices',
    async run(subject) {
      const { source } = createWatchedSource();
      const found = await searchSubject(subject, source);
      const state = found.save();
      const json = JSON.parse(JSON.stringify(state)) as typeof state;
      expect(json, 'what save() returns is plain JSON').toEqual(state);
      const loaded = subject.load(json, { space: source.space });
      expect(loaded.save(), 'save() of what was loaded').toEqual(state);
      expect(loaded.calls, 'calls after load').toBe(found.calls);
      expect(loaded.promptsPerRanking, 'promptsPerRanking after load').toBe(found.promptsPerRanking);
      const tasks = source.tasks.map(({ task }) => task);
      expect(await chooseAll(loaded, tasks), 'choices after load').toEqual(await chooseAll(found, tasks));
    },
  },
];
