import { latentTypes } from '@rppkit/simulator';
import { createRandomStream, type Encoder, type JudgedTask, type RandomStream } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { computeTypeRecovery } from './type-recovery.ts';

const item = { id: 'a', title: 'A' };

/** Users numbered from 0, of type number mod 16, who are observed as they are drawn. */
function createUsers(count: number, random: RandomStream, draw: (type: number, random: RandomStream) => number[]) {
  const observed = new Map<string, number[]>();
  const create = (name: string): JudgedTask[] =>
    Array.from({ length: count }, (_, user) => {
      const id = `${name} ${user}`;
      observed.set(id, draw(user % 16, random));
      return { task: { id, user: String(user), history: [], candidates: [item] }, relevance: new Map([['a', 1]]) };
    });
  const fit = create('fit');
  const report = create('report');
  const encoder: Encoder = {
    name: 'observed',
    size: observed.get('fit 0')!.length,
    encode: ({ task }, output) => output.set(observed.get(task.id)!),
    state: () => ({ kind: 'observed' }),
  };
  return { encoder, fit, report, typeOf: ({ task }: JudgedTask) => latentTypes[Number(task.user) % 16]! };
}
const held = (type: number): number[] => [8, 4, 2, 1].map((bit) => Number((type & bit) !== 0));

it('reads traits that lie 2 standard deviations apart as often as the best rule can: 84.1 %, and all four 50.1 %', () => {
  const users = createUsers(16_000, createRandomStream(1), (type, random) =>
    held(type).map((trait) => 2 * trait + random.normal()),
  );
  const { recovered, traits } = computeTypeRecovery(users);
  // Phi(1) = 0.8413. Standard errors 0.0029 and 0.0040.
  for (const share of Object.values(traits)) expect(Math.abs(share - 0.8413)).toBeLessThan(0.012);
  expect(Math.abs(recovered - 0.8413 ** 4)).toBeLessThan(0.016);
});

it('tells traits apart by spread and by what goes together, not by means alone', () => {
  // The first trait triples the deviation of one value; the second turns the correlation of two others round.
  const users = createUsers(16_000, createRandomStream(2), (type, random) => {
    const [wide, turned, third, fourth] = held(type) as [number, number, number, number];
    const [x, y] = [random.normal(), random.normal()];
    const other = turned === 1 ? 0.1 * y - x : 0.1 * y + x;
    return [(1 + 2 * wide) * random.normal(), x, other, 20 * third, 20 * fourth];
  });
  const { traits } = computeTypeRecovery(users);
  // The densities of deviations 1 and 3 cross at |x| = sqrt(2 ln 3 / (1 - 1/9)) = 1.572: (0.884 + 0.600) / 2.
  expect(Math.abs(traits['sessionDriven']! - 0.742)).toBeLessThan(0.014);
  expect(traits['mainstream']).toBeGreaterThan(0.95);
  expect([traits['narrow'], traits['noisy']]).toEqual([1, 1]);
});

it('is at chance where the observation says nothing', () => {
  const users = createUsers(8000, createRandomStream(3), (_, random) => [random.normal(), 0]);
  const { recovered, traits } = computeTypeRecovery(users);
  for (const share of Object.values(traits)) expect(Math.abs(share - 0.5)).toBeLessThan(0.03);
  expect(Math.abs(recovered - 1 / 16)).toBeLessThan(0.015);
});

it('says which type nobody has among those it is fitted on', () => {
  const users = createUsers(32, createRandomStream(4), (_, random) => [random.normal()]);
  const fit = users.fit.filter((judged) => users.typeOf(judged).index !== 5);
  expect(() => computeTypeRecovery({ ...users, fit })).toThrow('at least one user of type 5');
});
