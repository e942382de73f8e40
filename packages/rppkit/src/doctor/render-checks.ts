import { renderTable, wrapText } from '@rppkit/metrics/report';
import { describeEstimate, type RunEstimate } from '../experiment/estimate-run.ts';
import { mostReportUsers } from '../experiment/prepare-tasks.ts';
import type { Check } from './check.ts';

/** The checks as a table for a terminal of 80 columns. */
export function renderChecks(checks: readonly Check[]): string {
  return renderTable(
    {
      columns: ['verdict', 'check', 'found, and what to do'],
      rows: checks.map(({ name, verdict, found, advice }) => [
        verdict,
        name,
        advice === undefined ? found : `${found}\n${advice}`,
      ]),
      alignment: ['left', 'left', 'left'],
    },
    { maxWidth: 80 },
  );
}

/** The estimate as a few lines for a terminal of 80 columns. */
export function renderEstimate(estimate: RunEstimate): string {
  const what = `A train run with the defaults, reporting on ${mostReportUsers.toLocaleString('en-US')} users, with titles as long as those of the task asked here.`;
  return wrapText(`${what} ${describeEstimate(estimate)}`, 80).join('\n');
}
