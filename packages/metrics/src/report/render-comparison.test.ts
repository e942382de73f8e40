import { describe, expect, test } from 'vitest';
import { computeDisplayWidth } from './display-width.ts';
import {
  type Comparison,
  compare,
  renderComparisonCsv,
  renderComparisonHtml,
  renderComparisonJson,
  renderComparisonLatex,
  renderComparisonMarkdown,
  renderComparisonText,
  type SystemValues,
} from './index.ts';

const users = ['ann', 'bob', 'cem', 'dan', 'eve', 'fay'];
const low = { users, perUser: { 'ndcg@10': [0.1, 0.2, 0.3, 0.2, 0.1, 0.3], gini: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5] } };
const high = {
  users,
  perUser: { 'ndcg@10': [0.8, 0.9, 0.9, 0.8, 0.7, 1], gini: [0.25, 0.25, 0.25, 0.25, 0.25, 0.25] },
};
const plain = compare({ popularity: low, RPP: high }, { lowerIsBetter: ['gini'] });

/** Every sign that any of the formats reads. */
const hostile = '=a|b\\c*_`<i>&"\'#$%{}~^[x](y)--\n\u0007https://www.x.y';
const risky = compare({ [hostile]: renameMetric(low, hostile), other: renameMetric(high, hostile) });

function renameMetric({ perUser }: typeof low, name: string): SystemValues {
  return { users, perUser: { [name]: perUser['ndcg@10'] } };
}

describe('renderComparisonText', () => {
  test('aligns means, marks wins by raised letters and says how it was made', () => {
    expect(renderComparisonText(plain)).toBe(
      [
        '   system                     ndcg@10                  gini ↓',
        '-  ----------  ----------------------  ----------------------',
        'a  popularity  0.200   [0.106, 0.294]  0.500   [0.500, 0.500]',
        'b  RPP         0.850*ᵃ [0.740, 0.960]  0.250*ᵃ [0.250, 0.250]',
        '',
        '6 users.',
        'Superscripts name the systems that are significantly worse (two-sided paired t',
        'test, Holm correction over 2 comparisons, p at most 0.05).',
        'Brackets: 95 % Student intervals over users.',
        '*: best mean of the column.',
      ].join('\n'),
    );
  });

  test('without intervals, with pairs', () => {
    const text = renderComparisonText(plain, { intervals: false, pairs: true, decimals: 2, maxWidth: 100 });
    expect(text).toContain('b  RPP          0.85*ᵃ  0.25*ᵃ');
    expect(text).not.toContain('Brackets');
    expect(text).toContain(
      [
        "metric   first       second            difference  Cohen's d         p  adjusted p",
        '-------  ----------  ------  --------------------  ---------  --------  ----------',
        'ndcg@10  popularity  RPP     -0.65 [-0.71, -0.59]     -11.87  < 0.0001    < 0.0001',
        'gini     popularity  RPP        0.25 [0.25, 0.25]   infinite  < 0.0001    < 0.0001',
      ].join('\n'),
    );
  });

  test('keeps control and format characters out of the terminal', () => {
    expect(renderComparisonText(risky)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  test.each([40, 60, 80, 120])('within %i columns, however many metrics and pairs', (maxWidth) => {
    const metrics = ['ndcg@10', 'recall@100', 'hit_rate@3', 'mrr@10', 'novelty', 'gini'];
    const give = ({ perUser }: typeof low): SystemValues => ({
      users,
      perUser: Object.fromEntries(metrics.map((metric) => [metric, perUser['ndcg@10']])),
    });
    const many = compare({ popularity: give(low), 'RPP with a long name': give(high) });
    for (const intervals of [true, false]) {
      const text = renderComparisonText(many, { pairs: maxWidth >= 60, intervals, maxWidth });
      expect(Math.max(...text.split('\n').map(computeDisplayWidth))).toBeLessThanOrEqual(maxWidth);
      // Every metric heads one column of a block that begins with letters and systems.
      const heads = text.split('\n').filter((line) => line.startsWith('   system'));
      expect(
        heads
          .join(' ')
          .match(/\S+/g)!
          .filter((word) => word !== 'system'),
      ).toEqual(metrics);
      expect(text.match(/^b {2}RPP/gm)).toHaveLength(heads.length);
      for (const title of ["Cohen's", 'adjusted', 'difference']) expect(text.includes(title)).toBe(maxWidth >= 60);
    }
  });
});

describe('notes', () => {
  const note = (changes: Partial<Comparison>): string =>
    renderComparisonText({ ...plain, ...changes }, { maxWidth: 400 });

  test('say which test, correction, interval and loss', () => {
    expect(note({ test: 'wilcoxon', zeroRule: 'wilcoxon' })).toContain(
      'Wilcoxon signed-rank test, zeros left out, Holm',
    );
    expect(note({ test: 'wilcoxon', zeroRule: 'pratt' })).toContain('zeros ranked as by Pratt');
    expect(note({ test: 'wilcoxon', zeroRule: 'pratt' })).toContain(
      'p at most 0.05), by their ranks and by their mean.',
    );
    expect(note({ test: 'randomization', permutations: 999 })).toContain('randomisation test with 999 permutations');
    expect(note({ correction: 'benjamini-hochberg' })).toContain('Benjamini-Hochberg correction over 2 comparisons');
    expect(note({ correction: 'none' })).toContain('without correction for 2 comparisons, p at most 0.05');
    expect(note({ interval: 'bca', resamples: 2000, level: 0.9 })).toContain(
      '90 % BCa bootstrap (2000 resamples) intervals',
    );
    expect(note({ users: 97, leftOut: 3 })).toContain('97 users; 3 left out because some system lacks them.');
    expect(note({ pairs: plain.pairs.slice(0, 1) })).toContain('over 1 comparison,');
  });
});

describe('renderComparisonMarkdown', () => {
  test('a table with bold best means and <sup> letters', () => {
    expect(renderComparisonMarkdown(plain, { pairs: true, decimals: 2 })).toMatchInlineSnapshot(`
      "|  | system | ndcg@10 | gini ↓ |
      | --- | --- | ---: | ---: |
      | a | popularity | 0.20 \\[0.11, 0.29\\] | 0.50 \\[0.50, 0.50\\] |
      | b | RPP | **0.85**<sup>a</sup> \\[0.74, 0.96\\] | **0.25**<sup>a</sup> \\[0.25, 0.25\\] |

      | metric | first | second | difference | Cohen's d | p | adjusted p |
      | --- | --- | --- | ---: | ---: | ---: | ---: |
      | ndcg@10 | popularity | RPP | -0.65 \\[-0.71, -0.59\\] | -11.87 | &lt; 0.0001 | &lt; 0.0001 |
      | gini | popularity | RPP | 0.25 \\[0.25, 0.25\\] | infinite | &lt; 0.0001 | &lt; 0.0001 |

      6 users. Superscripts name the systems that are significantly worse (two-sided paired t test, Holm correction over 2 comparisons, p at most 0.05). Brackets: 95 % Student intervals over users. Bold: best mean of the column."
    `);
  });

  test('names make no links to people, issues or addresses, and metrics stay as they are', () => {
    const named = compare({ '@ann #12 GH-7 a@b.org #x': low, other: high }, { metrics: ['ndcg@10'] });
    const [head, , row] = renderComparisonMarkdown(named, { intervals: false }).split('\n');
    expect(head).toBe('|  | system | ndcg@10 |');
    expect(row).toBe('| a | @<!-- -->ann \\#<!-- -->12 GH-<!-- -->7 a@<!-- -->b.org \\#x | 0.200 |');
  });

  test('escapes names', () => {
    const markdown = renderComparisonMarkdown(risky, { intervals: false });
    const escaped = '=a\\|b\\\\c\\*\\_\\`&lt;i&gt;&amp;"\'\\#\\$%\\{\\}\\~^\\[x\\](y)-- https&#58;//www&#46;x.y';
    expect(markdown.split('\n')[0]).toBe(`|  | system | ${escaped} |`);
    expect(markdown.split('\n')[2]).toBe(`| a | ${escaped} | 0.200 |`);
  });
});

describe('renderComparisonLatex', () => {
  test('a booktabs table', () => {
    expect(renderComparisonLatex(plain, { caption: 'Results & more.', label: 'tab:main' })).toMatchInlineSnapshot(`
      "% Needs \\usepackage{booktabs,textcomp}.
      \\begin{table}[ht]
      \\centering
      \\caption{Results \\& more. 6 users. Superscripts name the systems that are significantly worse (two-sided paired t test, Holm correction over 2 comparisons, p at most 0.05). Brackets: 95 \\% Student intervals over users. Bold: best mean of the column.}
      \\label{tab:main}
      \\par\\medskip
      \\begin{tabular}{llrr}
      \\toprule
      \\textbf{\\#} & \\textbf{System} & \\textbf{ndcg@10} & \\textbf{gini} $\\downarrow$ \\\\
      \\midrule
      a & popularity & 0.200 {\\footnotesize [0.106, 0.294]} & 0.500 {\\footnotesize [0.500, 0.500]} \\\\
      b & RPP & \\textbf{0.850}$^{a}$ {\\footnotesize [0.740, 0.960]} & \\textbf{0.250}$^{a}$ {\\footnotesize [0.250, 0.250]} \\\\
      \\bottomrule
      \\end{tabular}
      \\end{table}"
    `);
    expect(renderComparisonLatex(plain, { intervals: false, pairs: true })).toContain(
      'gini & popularity & RPP & 0.250 {[}0.250, 0.250{]} & infinite & \\textless{} 0.0001 & \\textless{} 0.0001 \\\\',
    );
    expect(renderComparisonLatex(plain, { pairs: true })).toContain('& $-$0.650 {[}$-$0.707, $-$0.593{]} & $-$11.87 &');
  });

  test('escapes names and checks the label', () => {
    const latex = renderComparisonLatex(risky, { intervals: false });
    expect(latex).toContain(
      'a & =a\\textbar{}b\\textbackslash{}c*\\_\\textasciigrave{}\\textless{}i\\textgreater{}\\&\\symbol{34}\\textquotesingle{}\\#\\$\\%\\{\\}' +
        '\\textasciitilde{}\\textasciicircum{}{[}x{]}(y)-{}- https://www.x.y & 0.200 \\\\',
    );
    const starred = compare({ "b's": renameMetric(low, '*,,m'), other: renameMetric(high, '*,,m') });
    const pairs = renderComparisonLatex(starred, { pairs: true, caption: "Holm's, `so`" });
    expect(pairs).toContain("\\caption{Holm's, \\textasciigrave{}so\\textasciigrave{} 6 users.");
    expect(pairs).toContain('\n{*},{},m & b\\textquotesingle{}s & other &');
    expect(() => renderComparisonLatex(plain, { label: 'a}b' })).toThrow(/Expected label to be letters, digits/);
  });
});

describe('renderComparisonLatex, packages and width', () => {
  test('shrinks wide tables on demand, and says what it needs', () => {
    const fitted = renderComparisonLatex(plain, { fit: true, pairs: true });
    expect(fitted.split('\n')[0]).toBe('% Needs \\usepackage{booktabs,textcomp,graphicx}.');
    const open = '\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n\\begin{tabular}';
    expect(fitted.split(open)).toHaveLength(3);
    expect(fitted.split('\\end{tabular}}')).toHaveLength(3);
    expect(renderComparisonLatex(plain)).not.toContain('resizebox');
    const first = (name: string): string =>
      renderComparisonLatex(compare({ [name]: low, other: high })).split('\n')[0]!;
    expect(first('é ÿ')).toBe('% Needs \\usepackage{booktabs,textcomp}.');
    expect(first('λ')).toBe('% Needs \\usepackage{booktabs,textcomp}. Names beyond Latin-1 need lualatex or xelatex.');
  });
});

describe('renderComparisonCsv', () => {
  test('systems and pairs with all digits', () => {
    const halves = compare({
      one: { users: ['ann', 'bob'], perUser: { m: [0.5, 0.5] } },
      two: { users: ['ann', 'bob'], perUser: { m: [0.25, 0.25] } },
    });
    expect(renderComparisonCsv(halves)).toBe(
      'metric,system,letter,users,mean,low,high,best,better_than\r\n' +
        'm,one,a,2,0.5,0.5,0.5,true,b\r\nm,two,b,2,0.25,0.25,0.25,false,\r\n',
    );
    expect(renderComparisonCsv(halves, { table: 'pairs' })).toBe(
      'metric,first,second,users,difference,low,high,cohens_d,p,adjusted_p,significant,direction\r\n' +
        'm,one,two,2,0.25,0.25,0.25,Infinity,0,0,true,1\r\n',
    );
    expect(() => renderComparisonCsv(halves, { table: 'all' as 'pairs' })).toThrow(/Expected table/);
  });

  test('quotes names and disarms formulas', () => {
    const [, line] = renderComparisonCsv(risky).split('\r\n');
    const quoted = `"'${hostile.replace('\n\u0007', ' ').replace('"', '""')}"`;
    expect(line!.startsWith(`${quoted},${quoted},a,6,0.2`)).toBe(true);
    for (const start of ['=', '+', '-', '@', '  =']) {
      const named = compare({ [`${start}1`]: low, other: high }, { metrics: ['gini'] });
      expect(renderComparisonCsv(named)).toContain(`gini,'${start}1,a`);
    }
  });
});

describe('renderComparisonJson', () => {
  test('holds the comparison', () => {
    const { pairs, ...rest } = JSON.parse(renderComparisonJson(risky));
    expect({ ...rest, pairs }).toEqual(JSON.parse(JSON.stringify(risky)));
    expect(rest.systems[0].name).toBe(hostile);
    expect(JSON.parse(renderComparisonJson(plain)).pairs[1].cohensD).toBeNull();
  });

  test('shows invisible characters as escapes', () => {
    const json = renderComparisonJson(compare({ 'a\u202eb\u{e0041}': low, other: high }));
    expect(json).toContain('"a\\u202eb\\udb40\\udc41"');
    expect(JSON.parse(json).systems[0].name).toBe('a\u202eb\u{e0041}');
  });

  test('may stand inside a script element', () => {
    const named = compare({ '</script>\u2028\u2029': low, other: high });
    const json = renderComparisonJson(named);
    expect(json).toContain('"\\u003c/script>\\u2028\\u2029"');
    expect(json).not.toMatch(/[<\u2028\u2029]/);
    expect(JSON.parse(json).systems[0].name).toBe('</script>\u2028\u2029');
  });
});

describe('renderComparisonHtml', () => {
  test('a table with a caption', () => {
    expect(renderComparisonHtml(plain, { decimals: 2 })).toMatchInlineSnapshot(`
      "<table>
      <caption>6 users. Superscripts name the systems that are significantly worse (two-sided paired t test, Holm correction over 2 comparisons, p at most 0.05). Brackets: 95 % Student intervals over users. Bold: best mean of the column.</caption>
      <thead><tr><th scope="col" style="text-align:left"></th><th scope="col" style="text-align:left">system</th><th scope="col" style="text-align:right">ndcg@10</th><th scope="col" style="text-align:right">gini ↓</th></tr></thead>
      <tbody>
      <tr><td>a</td><th scope="row" style="text-align:left">popularity</th><td style="text-align:right">0.20&nbsp;<small>[0.11,&nbsp;0.29]</small></td><td style="text-align:right">0.50&nbsp;<small>[0.50,&nbsp;0.50]</small></td></tr>
      <tr><td>b</td><th scope="row" style="text-align:left">RPP</th><td style="text-align:right"><strong>0.85</strong><sup>a</sup>&nbsp;<small>[0.74,&nbsp;0.96]</small></td><td style="text-align:right"><strong>0.25</strong><sup>a</sup>&nbsp;<small>[0.25,&nbsp;0.25]</small></td></tr>
      </tbody>
      </table>"
    `);
    const pairs = renderComparisonHtml(plain, { pairs: true, intervals: false });
    expect(pairs).toContain('<td style="text-align:right">&lt;&nbsp;0.0001</td>');
    expect(pairs).toContain('<td>ndcg@10</td><td>popularity</td><td>RPP</td>');
  });

  test('escapes names', () => {
    const html = renderComparisonHtml(risky);
    expect(html).toContain(
      '<th scope="row" style="text-align:left">=a|b\\c*_`&lt;i&gt;&amp;&quot;&#39;#$%{}~^[x](y)-- https://www.x.y</th>',
    );
    expect(html).not.toContain('<i>');
  });
});

test('no format but JSON holds what turns, hides or breaks lines in names; the joiners of words and emoji stay', () => {
  const name = 'a\u202eb\u2066c\u2028d\u2029e\ufefff\u00adg\u200dh\u200ci';
  const named = compare({ [name]: low, other: high }, { metrics: ['gini'] });
  for (const text of [
    renderComparisonText(named),
    renderComparisonMarkdown(named),
    renderComparisonLatex(named),
    renderComparisonHtml(named),
    renderComparisonCsv(named),
  ]) {
    expect(text).toContain('a b c d e f g\u200dh\u200ci');
  }
});

test('pairs show effects of 0 and infinity, and wrong options are refused', () => {
  const alike = compare({
    one: low,
    two: { users, perUser: { ...low.perUser, 'ndcg@10': [0.1, 0.2, 0.3, 0.2, 0.11, 0.2899] } },
  });
  expect(renderComparisonText(alike, { pairs: true, maxWidth: 120 })).toMatch(/ndcg@10 .* 0\.00 /);
  expect(renderComparisonText(compare({ one: high, two: low }), { pairs: true, maxWidth: 120 })).toContain('-infinite');
  expect(() => renderComparisonText(plain, { decimals: 1.5 })).toThrow(/Expected decimals/);
  expect(() => renderComparisonText(plain, { maxWidth: 3 })).toThrow(/Expected maxWidth/);
});
