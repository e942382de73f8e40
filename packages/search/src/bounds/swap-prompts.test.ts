import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { swapPrompts } from './swap-prompts.ts';

const { space, tasks } = createScriptedWorld({ users: 6, interaction: false });

describe('swapPrompts', () => {
  const plain = tasks.map(({ task }, index) => (index < 2 ? { ...task, history: task.history.slice(1) } : task));

  it('hands prompts on only among tasks with the same legal expressions, and loses none', () => {
    const choices = plain.map(({ history }, index) => [history.length - 1, index % 4, 0]);
    const swapped = swapPrompts({ tasks: plain, choices, space, random: createRandomStream(3) });
    expect([...swapped].map(String).sort()).toEqual(choices.map(String).sort());
    expect(swapped.slice(0, 2)).toEqual([choices[1], choices[0]]);
    swapped.forEach((choice, index) => {
      expect(choice).not.toBe(choices[index]);
    });
  });

  it('changes nothing for a policy with one prompt for all, nor for a task that is alone', () => {
    const same = plain.map(() => [0, 1, 0]);
    expect(swapPrompts({ tasks: plain, choices: same, space, random: createRandomStream(1) })).toEqual(same);
    expect(
      swapPrompts({ tasks: plain.slice(0, 1), choices: [[0, 3, 0]], space, random: createRandomStream(1) }),
    ).toEqual([[0, 3, 0]]);
  });

  it('refuses choices that do not belong to the tasks', () => {
    const options = { tasks: plain, choices: [[0, 0, 0]], space, random: createRandomStream(1) };
    expect(() => swapPrompts(options)).toThrow('Expected choices to be one for each of 6 tasks, received 1');
  });
});
