import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { KnownItem } from '../knowledge/knowledge.ts';
import type { Guidance } from '../reading/read-guidance.ts';
import { sampleOrder } from './answer-plan.ts';
import { type Behaviour, behaviours } from './behaviour.ts';
import { computeScores } from './score-candidates.ts';

const neutral: Guidance = {
  recency: 0,
  overall: 0,
  taste: 0,
  popularity: 0,
  niche: 0,
  deliberation: 0,
  brevity: 0,
  explicitness: 0,
  answer: { content: 'titles', shape: 'list' },
  language: 'en',
};
/** Nothing but taste, at weight 10. */
const plain: Behaviour = {
  ...behaviours.weak,
  tasteWeight: 10,
  evidenceScale: 0,
  popularityWeight: 0,
  positionBias: 0,
  dilution: 0,
  sharpness: 1,
  associationShare: 0.4,
};

const item = (genres: readonly number[], vector?: readonly number[], popularity = 0): KnownItem => ({
  genres: Int32Array.from(genres),
  popularity,
  ...(vector !== undefined && { vector: Float32Array.from(vector) }),
});

interface Question {
  readonly history: readonly (KnownItem | undefined)[];
  readonly candidates: readonly (KnownItem | undefined)[];
  readonly guidance?: Partial<Guidance>;
  readonly behaviour?: Behaviour;
  readonly perception?: RandomStream;
}

function score({
  history,
  candidates,
  guidance,
  behaviour = plain,
  perception = createRandomStream(1),
}: Question): number[] {
  const situation = { history, candidates, guidance: { ...neutral, ...guidance } };
  return [...computeScores(situation, behaviour, { genres: 2, perception })];
}

describe('computeScores', () => {
  it('adds similarity to the history to the share of genres, as worked by hand', () => {
    // Half of the history has genre 0; it points to (0.5, 0.5) and so, at length 1, to (sqrt(1/2), sqrt(1/2)).
    const history = [item([0], [1, 0]), item([1], [0, 1])];
    const candidates = [item([0], [0.5, 0]), item([0], [0, -0.5]), item([], [0.5, 0.5])];
    const part = 0.5 * Math.SQRT1_2;
    const expected = [6 * 0.5 + 4 * part, 6 * 0.5 - 4 * part, 4 * 2 * part];
    const scores = score({ history, candidates });
    for (const [index, value] of expected.entries()) expect(scores[index]).toBeCloseTo(value, 6);
  });

  it('goes by genres alone where the candidate, or all of the history, has no vector', () => {
    const known = item([0], [1, 0]);
    expect(score({ history: [known], candidates: [item([0]), item([1]), undefined] })).toEqual([10, 0, 0]);
    expect(score({ history: [item([0]), undefined], candidates: [known] })).toEqual([10]);
  });

  it('passes over what it does not know in the history', () => {
    const known = [item([0], [1, 0]), item([0]), undefined];
    expect(score({ history: known, candidates: [item([], [0.5, 0])] })[0]).toBeCloseTo(10 * 0.4 * 0.5, 12);
  });

  it('has no direction where the history cancels out', () => {
    const history = [item([], [0.5, 0]), item([], [-0.5, 0])];
    expect(score({ history, candidates: [item([], [1, 0])] })).toEqual([0]);
  });

  it('heeds recency in similarity as in genres', () => {
    // Attention of the last of two at full recency and a scale of 1: 1 / (1 + 1/e).
    const share = 1 / (1 + Math.exp(-1));
    const history = [item([0], [1, 0]), item([1], [0, 1])];
    const candidates = [item([1]), item([], [0, 1])];
    const [genre, similarity] = score({
      history,
      candidates,
      guidance: { recency: 1 },
      behaviour: { ...plain, recencyScale: 1 },
    });
    expect(genre).toBeCloseTo(10 * share, 10);
    expect(similarity).toBeCloseTo((4 * share) / Math.hypot(share, 1 - share), 6);
  });

  it('attends to recent items without being told as far as its focus goes, and less where told to look at all', () => {
    const history = [item([0]), item([1])];
    const share = 1 / (1 + Math.exp(-1));
    const behaviour = { ...plain, recencyScale: 1, recencyFocus: 0.8, recencyOverallLoss: 0.5 };
    const candidates = [item([1])];
    expect(score({ history, candidates, behaviour })[0]).toBeCloseTo(10 * (0.8 * share + 0.1), 10);
    expect(score({ history, candidates, behaviour, guidance: { overall: 1 } })[0]).toBeCloseTo(
      10 * (0.4 * share + 0.3),
      10,
    );
  });

  it('misreads each candidate by the stated standard deviation, in the same way for the same perception', () => {
    const behaviour = { ...plain, evidenceScale: 1, misreading: 0.5 };
    const candidates = Array.from({ length: 4000 }, () => undefined);
    const errors = score({ history: [], candidates, behaviour });
    // Standard error of a standard deviation of 0.5 over 4,000 values: 0.0056.
    expect(Math.abs(Math.hypot(...errors) / Math.sqrt(4000) - 0.5)).toBeLessThan(0.023);
    expect(score({ history: [], candidates, behaviour })).toEqual(errors);
    expect(score({ history: [], candidates, behaviour, perception: createRandomStream(2) })).not.toEqual(errors);
  });
});

describe('the profile strong', () => {
  const quiet = { ...behaviours.strong, misreading: 0 };

  it('misreads long histories more when told to mind what is recent, less when told to look at all and not to be brief', () => {
    const behaviour = {
      ...plain,
      tasteWeight: 0,
      dilution: 1.5,
      dilutionRecencyCost: 0.2,
      dilutionOverallRelief: 0.75,
      overallBrevityLoss: 0.8,
    };
    const history = Array.from({ length: 7 }, () => item([0]));
    const candidates = Array.from({ length: 20 }, () => item([0]));
    // The same draws under each guidance: scores are in the ratio of the standard deviations.
    const deviation = (guidance: Partial<Guidance>): number => score({ history, candidates, guidance, behaviour })[0]!;
    const base = deviation({});
    expect(base).toBeCloseTo(1.5 * Math.log2(8) * createRandomStream(1).normal(), 9);
    expect(deviation({ recency: 0.5 }) / base).toBeCloseTo(1.1, 9);
    expect(deviation({ overall: 0.4 }) / base).toBeCloseTo(0.7, 9);
    expect(deviation({ overall: 0.4, brevity: 1 }) / base).toBeCloseTo(0.94, 9);
    expect(deviation({ recency: 1, overall: 1, brevity: 0.5 }) / base).toBeCloseTo(1.2 * 0.55, 9);
  });

  it('has no position bias: over 4,000 prompts the mean place of every slot is that of chance', () => {
    const sums = new Float64Array(10);
    for (let prompt = 0; prompt < 4000; prompt++) {
      const random = createRandomStream('slots').split(prompt);
      const candidates = Array.from({ length: 10 }, () => item([0], [0.3, 0.1], 0.5));
      const scores = computeScores({ history: [item([0], [1, 0])], candidates, guidance: neutral }, behaviours.strong, {
        genres: 2,
        perception: random.split('perception'),
      });
      sampleOrder(scores, behaviours.strong.drawNoise, random.split('draw')).forEach((slot, place) => {
        sums[slot]! += place;
      });
    }
    // Standard deviation of a place is 2.87: four standard errors are 0.19.
    for (const sum of sums) expect(Math.abs(sum / 4000 - 4.5)).toBeLessThan(0.19);
  });

  it('tells liked from other titles better the more history it is shown', () => {
    const gap = (length: number): number => {
      const history = Array.from({ length }, () => item([0], [1, 0]));
      const [liked, other] = score({
        history,
        candidates: [item([0], [0.5, 0]), item([1], [0, 0.5])],
        behaviour: quiet,
      });
      return liked! - other!;
    };
    // 16 n / (n + 0.5) times 0.75 of the genre and 0.25 x 0.5 of similarity.
    expect(gap(3)).toBeCloseTo((16 * 3 * 0.875) / 3.5, 6);
    expect(gap(30)).toBeCloseTo((16 * 30 * 0.875) / 30.5, 6);
  });

  it('puts what is popular first for nobody, and what is liked before it', () => {
    const candidates = [item([1], [0, 0.5], 1), item([0], [0.5, 0], 0)];
    const [famous, unknown] = score({ history: [], candidates, behaviour: quiet });
    expect(famous! - unknown!).toBeCloseTo(5.5, 12);
    const [other, liked] = score({ history: [item([0], [1, 0])], candidates, behaviour: quiet });
    expect(liked).toBeGreaterThan(other!);
  });
});
