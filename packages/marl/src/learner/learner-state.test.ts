import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { assertLearnerState, type LearnerState, type SavedTensor } from './learner-state.ts';

const kernel: SavedTensor = { name: 'actor/role/output/0/kernel', shape: [2, 3], values: new Float32Array(6) };
const bias: SavedTensor = { name: 'actor/role/output/0/bias', shape: [3], values: new Float32Array(3) };
const state: LearnerState = {
  learner: 'maa2c',
  version: 1,
  updates: 4,
  optimizerSteps: [4],
  tensors: [kernel, bias],
};
const expected = [kernel, bias].map(({ name, shape }) => ({ name: name!, shape }));
const check = (changed: Partial<LearnerState>): void =>
  assertLearnerState({ ...state, ...changed }, 'maa2c', expected, 1);

describe('assertLearnerState', () => {
  it('takes what was saved, also without names', () => {
    check({});
    check({ tensors: state.tensors.map(({ shape, values }) => ({ shape, values })) });
  });

  it.each<[string, Partial<LearnerState>, string, RegExp]>([
    ['another learner', { learner: 'coma' }, 'state', /\(maa2c, version 1\), received "coma, version 1"/],
    ['a later version', { version: 2 as 1 }, 'state', /received "maa2c, version 2"/],
    [
      'another shape',
      { tensors: [{ ...kernel, shape: [2, 4], values: new Float32Array(8) }, bias] },
      'state.tensors[0]',
      /\(actor\/role\/output\/0\/kernel \[2, 3\]\), received "actor\/role\/output\/0\/kernel \[2, 4\]"/,
    ],
    [
      'another name for the same shape',
      { tensors: [kernel, { ...bias, name: 'actor/role/output/0/gain' }] },
      'state.tensors[1]',
      /\(actor\/role\/output\/0\/bias \[3\]\), received "actor\/role\/output\/0\/gain \[3\]"/,
    ],
    ['a missing tensor', { tensors: [kernel] }, 'state.tensors[1]', /0\/bias \[3\]\), received "absent"/],
    ['one too many', { tensors: [kernel, bias, bias] }, 'state.tensors[2]', /\(absent\), received "actor/],
    [
      'one too many without a name',
      { tensors: [kernel, bias, { shape: [], values: new Float32Array(1) }] },
      'state.tensors[2]',
      /received "without a name \[\]"/,
    ],
    [
      'values cut short',
      { tensors: [kernel, { ...bias, values: new Float32Array(2) }] },
      'state.tensors[1].values',
      /3/,
    ],
    ['steps of another optimiser', { optimizerSteps: [4, 4] }, 'state.optimizerSteps', /of 1 optimisers, received 2/],
    ['steps that are no count', { optimizerSteps: [0.5] }, 'state.optimizerSteps[0]', /non-negative integer/],
    ['updates that are no count', { updates: -1 }, 'state.updates', /non-negative integer/],
  ])('refuses %s and says which', (_, changed, argument, message) => {
    const refused = (): void => check(changed);
    expect(refused).toThrow(InvalidArgumentError);
    expect(refused).toThrow(expect.objectContaining({ argument, message: expect.stringMatching(message) }));
  });
});
