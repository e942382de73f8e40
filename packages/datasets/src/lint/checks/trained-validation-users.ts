import type { LintCheck } from '../lint-check.ts';

/** Users that train and validate: a model would be chosen by how well it knows its training users. */
export const trainedValidationUsers: LintCheck = {
  code: 'trained-validation-users',
  severity: 'warning',
  find({ tasks, users }) {
    const trained = new Set<number>();
    const chosen = new Set<number>();
    for (const { role, user } of tasks) {
      if (role === 'train') trained.add(user);
      if (role === 'validation') chosen.add(user);
    }
    const shared = [...chosen].filter((user) => trained.has(user));
    if (shared.length === 0) return [];
    return [
      {
        message: `Expected validation users without training tasks, received ${shared.length} of ${chosen.size} with some.`,
        fix: 'Choose models on users of their own (validation of splitUsers).',
        counted: 'users',
        count: shared.length,
        examples: shared.slice(0, 5).map((user) => users[user]!),
      },
    ];
  },
};
