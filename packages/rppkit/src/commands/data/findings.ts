import type { LintFinding } from '@rppkit/datasets';
import { wrapText } from '@rppkit/metrics/report';
import { explainInFlags } from '../../data/explain-in-flags.ts';

/** Findings for the terminal, most severe first, each with what to do about it. */
export function renderFindings(findings: readonly LintFinding[]): string {
  const ordered = findings.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  return ordered.map(renderFinding).join('\n');
}

function renderFinding({ severity, code, message, fix, counted, count, examples }: LintFinding): string {
  const named = examples.length === 0 ? '' : ` (${examples.join(', ')}${count > examples.length ? ', …' : ''})`;
  const noun = count === 1 ? counted.replace(/s$/, '') : counted;
  const affected = `${count.toLocaleString('en-US')} ${noun}${named}`;
  const lines = [message, affected, explainInFlags(fix)]
    .flatMap((text) => wrapText(text, 76))
    .map((line) => `    ${line}`);
  return [`${severity === 'error' ? 'Error' : 'Warning'}: ${code}`, ...lines].join('\n');
}
