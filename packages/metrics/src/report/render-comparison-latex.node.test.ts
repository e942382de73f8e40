import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Comparison, compare, renderComparisonLatex, type SystemValues } from './index.ts';

const compiler: string = process.env['PDFLATEX_PATH'] ?? 'pdflatex';
const found = spawnSync(compiler, ['--version']).status === 0;
if (!found) console.warn(`renderComparisonLatex: compiling its tables is left out, no ${compiler} on the path`);

const folder = mkdtempSync(join(tmpdir(), 'rppkit-latex-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles a document with this table; returns what pdflatex logged, and throws where it failed. */
function compile(latex: string): string {
  const [packages] = latex.match(/\\usepackage\{[^}]*\}/)!;
  const document = ['\\documentclass{article}', packages, '\\begin{document}', latex, '\\end{document}'];
  writeFileSync(join(folder, 'table.tex'), document.join('\n'));
  const options = ['-interaction=nonstopmode', '-halt-on-error', 'table.tex'];
  const { status, stdout } = spawnSync(compiler, options, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
  return readFileSync(join(folder, 'table.log'), 'utf8');
}

const users = ['ann', 'bob', 'cem', 'dan'];
const metrics = ['*ndcg@10', '[recall@100]', 'hit_rate@3', 'mrr@10', 'novelty', 'Gini & co.'];

function createSystem(shift: number): SystemValues {
  const values = users.map((_, user) => shift + user / 10);
  return { users, perUser: Object.fromEntries(metrics.map((metric) => [metric, values])) };
}

const comparison: Comparison = compare({
  '*=a|b\\c_`<i>&"\'#$%{}~^[x]--\u202e,,': createSystem(0),
  'Müller ± ½ ×2 ¿¡': createSystem(0.5),
});

describe.skipIf(!found)('renderComparisonLatex compiles with pdflatex', () => {
  test('with any sign of ASCII and Latin-1 in names', () => {
    const log = compile(renderComparisonLatex(comparison, { pairs: true, caption: "50 % of Holm's & co. _ ~" }));
    expect(log).not.toMatch(/Missing character|Undefined control sequence/);
  });

  test('and fits the text where it is asked to', () => {
    const options = { pairs: true, fit: true };
    expect(compile(renderComparisonLatex(comparison, options))).not.toMatch(/Overfull \\hbox/);
    expect(compile(renderComparisonLatex(comparison, { ...options, fit: false }))).toMatch(/Overfull \\hbox/);
  });
});
