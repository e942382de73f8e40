import type { LintCheck } from '../lint-check.ts';
import { computeNormalQuantile } from '../normal-quantile.ts';

/**
 * Fewer report users than a paired test needs to find the wanted effect; asked only where one is given. Normal
 * approximation, two-sided: users = ((z of 1 - level / 2 + z of power) x standard deviation / effect)^2.
 */
export const tooFewUsers: LintCheck = {
  code: 'too-few-users',
  severity: 'warning',
  find({ tasks, hasReport, effect, standardDeviation, power, significanceLevel }) {
    if (effect === undefined || !hasReport) return [];
    const users = new Set(tasks.filter(({ role }) => role === 'report').map(({ user }) => user)).size;
    const width = (computeNormalQuantile(1 - significanceLevel / 2) + computeNormalQuantile(power)) * standardDeviation;
    const needed = Math.ceil((width / effect) ** 2);
    if (users >= needed) return [];
    const detectable = users === 0 ? 'nothing' : `${(width / Math.sqrt(users)).toPrecision(2)} or more`;
    return [
      {
        message:
          `Expected at least ${needed} report users to find a difference of ${effect} with a chance of ${power} ` +
          `(level ${significanceLevel}, standard deviation ${standardDeviation}), received ${users}, which find ${detectable}.`,
        fix: `Report on ${needed} users or more, or claim no difference below what these find.`,
        counted: 'users',
        count: users,
        examples: [],
      },
    ];
  },
};
