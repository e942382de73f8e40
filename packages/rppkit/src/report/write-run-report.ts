import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { PromptExample } from '../experiment/results.ts';
import { replaceFile } from '../run-folder/durable-files.ts';
import { readExamples } from '../run-folder/example-file.ts';
import { withRuns } from '../run-folder/run-lock.ts';
import { createUserRedaction } from '../run-folder/user-redaction.ts';
import { findRun } from '../runs/find-run.ts';
import { readResults } from '../runs/read-results.ts';
import { UsageError } from '../usage-error.ts';
import { redactExamples } from './redact-examples.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderReport } from './render-report.ts';

/** Forms of a report. */
export type ReportFormat = 'html' | 'md' | 'json';

/** Which report of which run. */
export interface RunReportRequest {
  /** The runs folder. */
  readonly root: string;
  readonly run: string;
  readonly format: ReportFormat;
  /** Where to; `-` is standard output. Default: into the run for HTML, else standard output. */
  readonly out?: string | undefined;
  /** Without users, or with hashed ids. */
  readonly redacted: boolean;
  /** Users whose prompts are shown, for HTML alone, the first ones of the run. Default: all, and none where redacted. */
  readonly examples?: number | undefined;
}

/** The path of the report that was written, or its text for standard output. */
export type WrittenReport = { readonly path: string } | { readonly text: string };

/**
 * Renders a report from what a run folder holds, without asking a model. Throws `UsageError` for a run without results, or that a
 * process works on where the report would go into it.
 */
export async function writeRunReport(request: RunReportRequest): Promise<WrittenReport> {
  const { root, run, format, redacted } = request;
  const folder = findRun(root, run);
  const out =
    request.out ?? (format === 'html' ? join(folder, redacted ? 'report-redacted.html' : 'report.html') : '-');
  if (out === '-') return { text: await render(folder, request) };
  if (lstatSync(out, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`Expected --out to name a file, received ${JSON.stringify(out)}, which is a folder.`);
  }
  const write = async (): Promise<void> => replaceFile(out, await render(folder, request));
  await (request.out === undefined ? withRuns([folder], write) : write());
  return { path: out };
}

async function render(folder: string, request: RunReportRequest): Promise<string> {
  const { root, run, format, redacted } = request;
  const results = readResults(root, run);
  switch (format) {
    case 'json':
      // Nothing in it names a user.
      return `${JSON.stringify(redacted ? { ...results, redacted } : results, null, 2)}\n`;
    case 'md':
      return renderMarkdown(results, { redacted });
    case 'html':
      return renderReport(results, chooseExamples(folder, request), { redacted });
  }
}

function chooseExamples(folder: string, { redacted, examples }: RunReportRequest): readonly PromptExample[] {
  if ((examples ?? (redacted ? 0 : 1)) === 0) return [];
  const chosen = readExamples(folder, examples);
  return redacted ? redactExamples(chosen, createUserRedaction(folder)) : chosen;
}
