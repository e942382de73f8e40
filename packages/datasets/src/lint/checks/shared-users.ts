import type { LintCheck } from '../lint-check.ts';

/** Report users that were trained or chosen on: the report would show what was learned by heart. */
export const sharedUsers: LintCheck = {
  code: 'shared-users',
  severity: 'error',
  find({ tasks, users }) {
    const trained = new Set<number>();
    const chosen = new Set<number>();
    const reported = new Set<number>();
    const byRole = { train: trained, validation: chosen, report: reported };
    for (const { role, user } of tasks) byRole[role].add(user);
    const shared = [...reported].filter((user) => trained.has(user) || chosen.has(user));
    if (shared.length === 0) return [];
    const inTraining = shared.filter((user) => trained.has(user)).length;
    const inValidation = shared.filter((user) => chosen.has(user)).length;
    return [
      {
        message:
          'Expected report users without training or validation tasks, ' +
          `received ${shared.length} of ${reported.size} with some (${inTraining} in training, ${inValidation} in validation).`,
        fix: 'Split the users with splitUsers before tasks are made.',
        counted: 'users',
        count: shared.length,
        examples: shared.slice(0, 5).map((user) => users[user]!),
      },
    ];
  },
};
