import { describe, expect, test } from 'vitest';
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
const risky = compare({ [hostile]: renameMetric(low), other: renameMetric(high) });

function renameMetric({ perUser }: typeof low): SystemValues {
  return { users, perUser: { [hostile]: perUser['ndcg@10'] } };
}

describe('renderComparisonText', () => {
  test('aligns means, marks wins by raised letters and says how it was made', () => {
    expect(renderComparisonText(plain)).toBe(
      [
        '   system                    ndcg@10                 gini ↓',
        '-  ----------  ---------------------  ---------------------',
        'a  popularity  0.200  [0.106, 0.294]  0.500  [0.500, 0.500]',
        'b  RPP         0.850ᵃ [0.740, 0.960]  0.250ᵃ [0.250, 0.250]',
        '',
        '6 users.',
        'Superscripts name the systems that are significantly worse (two-sided paired t',
        'test, Holm correction over 2 comparisons, p at most 0.05).',
        'Brackets: 95 % Student intervals over users.',
      ].join('\n'),
    );
  });

  test('without intervals, with pairs', () => {
    const text = renderComparisonText(plain, { intervals: false, pairs: true, decimals: 2, maxWidth: 100 });
    expect(text).toContain('b  RPP           0.85ᵃ   0.25ᵃ');
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

  test('keeps control characters out of the terminal', () => {
    expect(renderComparisonText(risky)).not.toMatch(/(?!\n)\p{Cc}/u);
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
      "% Needs \\usepackage{booktabs}.
      \\begin{table}[ht]
      \\centering
      \\caption{Results \\& more. 6 users. Superscripts name the systems that are significantly worse (two-sided paired t test, Holm correction over 2 comparisons, p at most 0.05). Brackets: 95 \\% Student intervals over users. Bold: best mean of the column.}
      \\label{tab:main}
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
      "a & =a\\textbar{}b\\textbackslash{}c*\\_\\symbol{96}\\textless{}i\\textgreater{}\\&\\symbol{34}'\\#\\$\\%\\{\\}" +
        '\\textasciitilde{}\\textasciicircum{}{[}x{]}(y)-{}- https://www.x.y & 0.200 \\\\',
    );
    expect(() => renderComparisonLatex(plain, { label: 'a}b' })).toThrow(/Expected label to be letters, digits/);
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
      'metric,first,second,users,difference,low,high,cohens_d,p,adjusted_p,significant\r\n' +
        'm,one,two,2,0.25,0.25,0.25,Infinity,0,0,true\r\n',
    );
    expect(() => renderComparisonCsv(halves, { table: 'all' as 'pairs' })).toThrow(/Expected table/);
  });

  test('quotes names and disarms formulas', () => {
    const [, line] = renderComparisonCsv(risky).split('\r\n');
    const quoted = `"'${hostile.replace('"', '""')}"`;
    expect(line!.startsWith(`${quoted},${quoted},a,6,0.2`)).toBe(true);
    for (const start of ['=', '+', '-', '@', '\t']) {
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
      <thead><tr><th scope="col"></th><th scope="col">system</th><th scope="col">ndcg@10</th><th scope="col">gini ↓</th></tr></thead>
      <tbody>
      <tr><td>a</td><th scope="row">popularity</th><td>0.20 <small>[0.11, 0.29]</small></td><td>0.50 <small>[0.50, 0.50]</small></td></tr>
      <tr><td>b</td><th scope="row">RPP</th><td><strong>0.85</strong><sup>a</sup> <small>[0.74, 0.96]</small></td><td><strong>0.25</strong><sup>a</sup> <small>[0.25, 0.25]</small></td></tr>
      </tbody>
      </table>"
    `);
    expect(renderComparisonHtml(plain, { pairs: true, intervals: false })).toContain('<td>&lt; 0.0001</td>');
  });

  test('escapes names', () => {
    const html = renderComparisonHtml(risky);
    expect(html).toContain('<th scope="row">=a|b\\c*_`&lt;i&gt;&amp;&quot;&#39;#$%{}~^[x](y)-- https://www.x.y</th>');
    expect(html).not.toContain('<i>');
  });
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
