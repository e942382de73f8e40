import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { Guidance } from '../reading/read-guidance.ts';
import { type AnswerPlan, type AnswerPlanOptions, sampleAnswerPlan, sampleOrder } from './answer-plan.ts';
import { type Behaviour, behaviours } from './behaviour.ts';

const silent: Guidance = {
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
const perfect: Behaviour = {
  ...behaviours.weak,
  thinkingChance: 0,
  greetingChance: 0,
  noListChance: 0,
  noListConflict: 0,
  missingChance: 0,
  repeatedChance: 0,
  foreignChance: 0,
  indexSlipChance: 0,
  remarkChance: 0,
  closingChance: 0,
  fenceChance: 0,
  brokenJsonChance: 0,
};
const order = Int32Array.of(2, 0, 1);
const draws = 4000;

function samplePlans(
  behaviour: Partial<Behaviour>,
  guidance: Partial<Guidance> = {},
  options: Partial<AnswerPlanOptions> = {},
): AnswerPlan[] {
  return Array.from({ length: draws }, (_, draw) =>
    sampleAnswerPlan(
      order,
      { ...silent, ...guidance },
      { ...perfect, ...behaviour },
      { history: 3, constrained: false, random: createRandomStream(`plan ${draw}`), ...options },
    ),
  );
}
const share = (plans: readonly AnswerPlan[], counts: (plan: AnswerPlan) => boolean): number =>
  plans.filter(counts).length / plans.length;
/** Four standard errors of a share over all draws, at their largest. */
const tolerance = 4 * Math.sqrt(0.25 / draws);

describe('sampleOrder', () => {
  it('sorts by score without noise', () => {
    expect([...sampleOrder(Float64Array.of(0.1, 3, 2), 0, createRandomStream(1))]).toEqual([1, 2, 0]);
  });

  it('draws as Plackett-Luce does: scores log 1, log 2, log 5 put the last first in 5 of 8 draws', () => {
    const scores = Float64Array.of(0, Math.log(2), Math.log(5));
    let first = 0;
    let whole = 0;
    for (let draw = 0; draw < draws; draw++) {
      const sampled = [...sampleOrder(scores, 1, createRandomStream(`order ${draw}`))];
      if (sampled[0] === 2) first++;
      if (sampled.join() === '2,1,0') whole++;
    }
    expect(Math.abs(first / draws - 5 / 8)).toBeLessThan(tolerance);
    // 5/8, then 2/3 of the two that are left.
    expect(Math.abs(whole / draws - (5 / 8) * (2 / 3))).toBeLessThan(tolerance);
  });
});

describe('sampleAnswerPlan', () => {
  it('writes the order down where nothing goes wrong', () => {
    for (const plan of samplePlans({}).slice(0, 50)) {
      expect(plan).toEqual({
        thinks: false,
        greets: false,
        remarks: false,
        closes: false,
        fenced: false,
        lines: [2, 0, 1],
      });
    }
  });

  it('thinks with deliberation, talks without brevity', () => {
    const talkative = { thinkingChance: 0.8, greetingChance: 0.4, remarkChance: 0.6, closingChance: 0.2 };
    const plans = samplePlans(talkative, { deliberation: 0.5, brevity: 0.5, explicitness: 1 });
    expect(Math.abs(share(plans, ({ thinks }) => thinks) - 0.8 * 0.5 * 0.5)).toBeLessThan(tolerance);
    expect(Math.abs(share(plans, ({ greets }) => greets) - 0.4 * 0.5)).toBeLessThan(tolerance);
    // Full explicitness leaves 1 - 0.7 of it.
    expect(Math.abs(share(plans, ({ remarks }) => remarks) - 0.6 * 0.5 * 0.3)).toBeLessThan(tolerance);
    expect(Math.abs(share(plans, ({ closes }) => closes) - 0.2 * 0.5)).toBeLessThan(tolerance);
    expect(share(samplePlans(talkative, { deliberation: 1, brevity: 1 }), ({ thinks }) => thinks)).toBe(0);
  });

  it('loses the list more often when told to think and to be brief', () => {
    const plans = samplePlans({ noListChance: 0.1, noListConflict: 0.5 }, { deliberation: 0.8, brevity: 0.5 });
    const lost = plans.filter(({ lines }) => lines.length === 0);
    expect(Math.abs(lost.length / draws - (0.1 + 0.5 * 0.4))).toBeLessThan(tolerance);
    expect(lost.every(({ thinks }) => thinks)).toBe(true);
  });

  it('slips more with long histories, less with explicit formats: 0.1 x log2(1 + 3) x (1 - 0.7)', () => {
    const plans = samplePlans({ missingChance: 0.1 }, { explicitness: 1 });
    const left = plans.reduce((sum, { lines }) => sum + lines.length, 0) / (3 * draws);
    expect(Math.abs(1 - left - 0.1 * 2 * 0.3)).toBeLessThan(tolerance);
  });

  it('repeats a line above, and brings in items of the history where titles are asked for', () => {
    const repeating = samplePlans({ repeatedChance: 0.25 });
    // In two of three places, half of them.
    const repeated = share(repeating, ({ lines }) => lines[1] === lines[0]);
    expect(Math.abs(repeated - 0.5)).toBeLessThan(tolerance);
    const foreign = samplePlans({ foreignChance: 0.25 });
    expect(Math.abs(share(foreign, ({ lines }) => lines[0]! < 0) - 0.5)).toBeLessThan(tolerance);
    expect(new Set(foreign.flatMap(({ lines }) => lines.filter((line) => line < 0)))).toEqual(new Set([-1, -2, -3]));
    const indices = { answer: { content: 'indices', shape: 'line' } } as const;
    expect(share(samplePlans({ foreignChance: 0.25 }, indices), ({ lines }) => lines[0]! < 0)).toBe(0);
    expect(share(samplePlans({ foreignChance: 0.25 }, {}, { history: 0 }), ({ lines }) => lines[0]! < 0)).toBe(0);
  });

  it('swaps neighbours in answers of numbers', () => {
    const indices = { answer: { content: 'indices', shape: 'line' } } as const;
    const plans = samplePlans({ indexSlipChance: 0.3 }, indices);
    expect(Math.abs(share(plans, ({ lines }) => lines.join() === '2,0,1') - 0.49)).toBeLessThan(tolerance);
    expect(share(samplePlans({ indexSlipChance: 0.3 }), ({ lines }) => lines.join() === '2,0,1')).toBe(1);
  });

  it('fences and breaks JSON, less where the format is explicit, and leaves out remarks', () => {
    const json = { answer: { content: 'titles', shape: 'json' } } as const;
    const careless = { fenceChance: 0.5, brokenJsonChance: 0.6, remarkChance: 1 };
    const plans = samplePlans(careless, json);
    expect(Math.abs(share(plans, ({ fenced }) => fenced) - 0.5)).toBeLessThan(tolerance);
    for (const fault of ['trailing-comma', 'single-quotes', 'cut']) {
      expect(Math.abs(share(plans, ({ jsonFault }) => jsonFault === fault) - 0.2)).toBeLessThan(tolerance);
    }
    expect(share(plans, ({ remarks }) => remarks)).toBe(0);
    const explicit = samplePlans(careless, { ...json, explicitness: 1 });
    expect(Math.abs(share(explicit, ({ jsonFault }) => jsonFault !== undefined) - 0.6 * 0.3)).toBeLessThan(tolerance);
    expect(share(samplePlans(careless), ({ fenced, jsonFault }) => fenced || jsonFault !== undefined)).toBe(0);
  });

  it('writes nothing but the list under a schema, slips of the list included', () => {
    const chatty = { thinkingChance: 1, greetingChance: 1, noListChance: 1, closingChance: 1, missingChance: 0.1 };
    const plans = samplePlans(chatty, { deliberation: 1 }, { constrained: true });
    expect(share(plans, ({ thinks, greets, closes }) => thinks || greets || closes)).toBe(0);
    const left = plans.reduce((sum, { lines }) => sum + lines.length, 0) / (3 * draws);
    expect(Math.abs(1 - left - 0.1 * 2)).toBeLessThan(tolerance);
  });
});
