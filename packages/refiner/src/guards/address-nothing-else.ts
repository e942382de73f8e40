import { addressingRules, jobRules } from './addressing-words.ts';
import { foldText, renderForms, showText } from './folded-text.ts';
import type { Guard, GuardOutcome } from './guard.ts';

/**
 * Rejects as `addresses-others` what speaks to something else than the sentence is there for: to other parts of the prompt
 * ("ignore the instructions above"), to the evaluation of the answer ("aim for the top score"), to the order in which
 * candidates are listed ("[A] comes first"), as another speaker ("system:"), or what does another pattern's job, as a role
 * does that sets the output format. What the parent says already is allowed.
 */
export function createAddressNothingElseGuard(): Guard {
  return {
    name: 'address-nothing-else',
    check({ pattern, parent, text }): GuardOutcome {
      const { section } = pattern;
      const originals = renderForms(parent.template).map(foldText);
      const rules = [...addressingRules, ...jobRules.filter(({ sections }) => sections.includes(section))];
      for (const rewrite of renderForms(text).map(foldText)) {
        for (const { to, pattern: words, unless } of rules) {
          const found = words.exec(rewrite)?.[0];
          if (found === undefined) continue;
          if (originals.some((original) => words.test(original) || unless?.test(original) === true)) continue;
          return reject(to, found);
        }
        const label = findLabel(rewrite, originals);
        if (label !== undefined) return reject('a candidate', label);
      }
      return { status: 'passed' };
    },
  };
}

/** A candidate's number in brackets that the parent does not have. */
function findLabel(rewrite: string, originals: readonly string[]): string | undefined {
  for (const [label] of rewrite.matchAll(/\[ ?(?:[a-z]|\d{1,3}) ?\]/g)) {
    if (!originals.some((original) => original.includes(label))) return label;
  }
  return undefined;
}

function reject(to: string, found: string): GuardOutcome {
  return {
    status: 'rejected',
    reason: 'addresses-others',
    detail: `Expected a sentence that says no more than the one given, received “${showText(found)}”, which speaks to ${to}. Leave it out.`,
  };
}
