import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { evaluateOffPolicy } from './evaluate-off-policy.ts';
import type { OffPolicyEstimatorName } from './off-policy-estimate.ts';
import { createPromptLog } from './prompt-log.ts';
import { createFactoredTarget } from './prompt-target.ts';
import { renderOffPolicy } from './render-off-policy.ts';
import { createRidgeFit } from './ridge-rewards.ts';
import { actionCounts, fourRows, logPrompt, target } from './two-slots.fixture.ts';

const rewards = () => ({ fit: createRidgeFit({ actionCounts }), folds: 2, random: createRandomStream(1) });
const listNames = (options: Parameters<typeof evaluateOffPolicy>[2], log = fourRows): readonly string[] =>
  evaluateOffPolicy(log, target, options).estimates.map(({ estimator }) => estimator);

describe('evaluateOffPolicy', () => {
  it('computes all that log and options allow', () => {
    expect(listNames({})).toEqual(['ips', 'snips', 'pseudo-inverse']);
    expect(listNames({ rewards: rewards() })).toEqual(['ips', 'snips', 'direct', 'doubly-robust', 'pseudo-inverse']);
    expect(listNames({}, { ...fourRows, independentSlots: false })).toEqual(['ips', 'snips']);
    expect(listNames({ estimators: ['snips', 'ips'] })).toEqual(['snips', 'ips']);
  });

  it('shows the logging policy beside them', () => {
    const { logged, rows, failed, estimates } = evaluateOffPolicy(fourRows, target, { maximumWeight: 1 });
    // Mean of 1, 0, .5, 1; deviations .375, -.625, -.125, .375: sqrt(.6875 / 3 / 4).
    expect(logged.estimate).toBeCloseTo(0.625, 12);
    expect(logged.standardError).toBeCloseTo(0.2393568, 6);
    expect([rows, failed]).toEqual([4, 0]);
    expect(estimates[0]!.flags).toContain('clipped');
  });

  it('repeats itself', () => {
    const run = () => evaluateOffPolicy(fourRows, target, { rewards: rewards() });
    expect(run()).toEqual(run());
  });

  it('refuses estimators without a model and unknown ones', () => {
    expect(() => listNames({ estimators: ['direct'] })).toThrow('rewards to be given for the estimator direct');
    expect(() => listNames({ estimators: ['magic' as OffPolicyEstimatorName] })).toThrow('"magic"');
  });
});

describe('renderOffPolicy', () => {
  it('shows all estimators with their warnings', () => {
    const text = renderOffPolicy(evaluateOffPolicy(fourRows, target));
    expect(text).toMatchInlineSnapshot(`
      "estimator                  value   error           interval  ESS     max  flags
                                                                        weight
      ------------------------  ------  ------  -----------------  ---  ------  ------------------------------------
      logging policy            0.6250  0.2394  [-0.5701, 1.2385]    4     1.0
      inverse propensity (IPS)  0.6800  0.3355  [-0.1542, 2.7809]    3     1.6  low-effective-sample-size
      self-normalised IPS       0.7391  0.1828   [0.2410, 1.4791]    3     1.6  low-effective-sample-size
      slate pseudo-inverse      0.7250  0.3301  [-0.1560, 2.1373]    3     1.6  assumes-additive,
                                                                                low-effective-sample-size

      4 rows, 0 failed calls left out. ESS: effective sample size.
      low-effective-sample-size: the log is worth fewer than 100 rows of the target; do not trust the interval. Log more, or evaluate a policy nearer to the logging policy.
      assumes-additive: biased where patterns interact in the reward."
    `);
  });

  it('warns of failures, missing support and missing overlap', () => {
    const log = createPromptLog([logPrompt([0, 1], 1), logPrompt([1, 1], 0), logPrompt([1, 1], Number.NaN)], {
      actionCounts,
    });
    const elsewhere = createFactoredTarget({
      actionCounts,
      computeMarginals: () => [
        [0.5, 0.5],
        [1, 0, 0],
      ],
    });
    const text = renderOffPolicy(evaluateOffPolicy(log, elsewhere));
    expect(text).toContain('2 rows, 1 failed calls left out');
    expect(text).toContain('failed calls: more than 2 %');
    expect(text).toContain('no-overlap: the target would have chosen none');
    expect(text).toContain("Unsupported share of the target's choices by slot: 0.00, 1.00.");
    expect(text).toMatch(/self-normalised IPS\s+-\s+-\s+-\s+0\s+0\.0/);
  });
});
