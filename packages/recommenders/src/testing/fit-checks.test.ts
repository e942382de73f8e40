import { createPopularity } from '../popularity/popularity.ts';
import { createCounting, describeBrokenRecommenders, replaceFit } from './broken-recommenders.fixture.ts';
import { createExampleInteractions } from './example-interactions.ts';
import { fitChecks } from './fit-checks.ts';

const sameBytes = 'gives the same bytes for the same seed, and writes nothing into what it learns from';
const refuses = 'refuses interactions that are not as TrainingInteractions says';
let runs = 0;

describeBrokenRecommenders('fitting', fitChecks, [
  {
    what: 'seeds that change nothing',
    subject: { create: createPopularity, seeded: true, personal: false },
    fails: sameBytes,
  },
  {
    what: 'fits that differ from run to run',
    subject: replaceFit((random) => (data, options) => random.fit(data, { ...options, seed: runs++ })),
    fails: sameBytes,
    othersToo: true,
  },
  {
    what: 'fits that write into what they learn from',
    subject: replaceFit((random) => async (data, options) => {
      const fitted = await random.fit(data, options);
      data.item.sort();
      return fitted;
    }),
    fails: sameBytes,
    othersToo: true,
  },
  {
    what: 'fits that keep the arrays of their caller',
    subject: createCounting({
      learn: (data) => ({ ...data, items: data.items.map(({ id }) => id) }),
    }),
    fails: 'keeps to the interactions that it was given, whatever becomes of their arrays',
    othersToo: true,
  },
  {
    what: 'interactions that are replaced where they are wrong',
    subject: replaceFit(
      (random) => (data, options) =>
        random.fit(data, options).catch(() => random.fit(createExampleInteractions(), options)),
    ),
    fails: refuses,
    othersToo: true,
  },
  {
    what: 'interactions that are refused with an error of another kind',
    subject: replaceFit(
      (random) => (data, options) =>
        random.fit(data, options).catch((cause: unknown) => {
          throw options.signal?.aborted ? cause : new RangeError('index out of bounds', { cause });
        }),
    ),
    fails: refuses,
  },
  {
    what: 'what breaks where there is next to nothing to learn from',
    subject: replaceFit((random) => async (data, options) => {
      if (data.item.length === 0) throw new Error('division by zero');
      return random.fit(data, options);
    }),
    fails: 'learns from next to nothing',
  },
]);
