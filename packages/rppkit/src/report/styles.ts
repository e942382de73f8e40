import { chartStyles } from './chart.ts';

/** The style sheet of the report: light and dark, phones from 320 px, paper. */
export const reportStyles: string = `
:root{color-scheme:light dark;--page:#fff;--panel:#f6f7f9;--ink:#1b1f24;--muted:#5b6470;--grid:#d9dde2;--bar:#a9b1bb;--accent:#1f6f8b;--tint:#e8f2f5;
--role:#8a5a00;--history:#2f6b3a;--candidates:#5b6470;--reasoning:#7a3e8e;--format:#a13d3d;--other:#5b6470}
@media screen and (prefers-color-scheme:dark){:root{--page:#14171b;--panel:#1c2127;--ink:#e6e9ed;--muted:#a0a9b4;--grid:#343b44;--bar:#5d6773;--accent:#5bb5d1;--tint:#1a2c33;
--role:#d9a441;--history:#7cc08a;--candidates:#a0a9b4;--reasoning:#c792da;--format:#e58a8a;--other:#a0a9b4}}
@media print{:root{color-scheme:light}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:60rem;margin:0 auto;padding:3rem 1.5rem 4rem}
h1{font-size:1.25rem;margin:0 0 .25rem;font-weight:600}
h2{font-size:1.25rem;margin:3.5rem 0 1rem}
h3{font-size:1rem;margin:0 0 .25rem}
h4{font-size:.95rem;margin:1.25rem 0 .4rem}
h5{font-size:.8rem;margin:.9rem 0 .3rem;color:var(--muted);font-weight:600}
p{margin:.5rem 0}
.lead,.note,figcaption,.notes{color:var(--muted);font-size:.9rem}
.lead,.note,figcaption{max-width:46rem}
.verdict{margin:2rem 0 0;padding:.25rem 0 .25rem 1.25rem;border-left:4px solid var(--accent)}
.verdict p:first-child{font-size:1.6rem;line-height:1.3;font-weight:600;margin:0 0 .75rem;text-wrap:balance}
.scroll{overflow-x:auto;border:1px solid var(--grid);border-radius:6px}
.fit{width:fit-content;max-width:100%}
.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{padding:.55rem .8rem;text-align:right;vertical-align:top;border-bottom:1px solid var(--grid);overflow-wrap:normal}
tbody:last-child tr:last-child>*,tfoot tr:last-child>*{border-bottom:0}
th:first-child{text-align:left;min-width:9.5rem;max-width:16rem;overflow-wrap:anywhere;position:sticky;left:0;background:var(--page)}
table.sentences td:nth-child(2),table.sentences th:nth-child(2){text-align:left;min-width:14rem;max-width:20rem;overflow-wrap:anywhere}
table.sentences th:first-child{min-width:14rem;max-width:20rem}
table.dense th,table.dense td{padding:.5rem .5rem}
table.dense thead th{min-width:4.4rem}
table.dense th:first-child{min-width:6.5rem}
table.compact th:first-child{min-width:13rem}
table.compact th,table.compact td{padding:.3rem .5rem}
table.compact thead th{min-width:0}
table.compact thead tr+tr th:first-child{min-width:0;text-align:right;position:static}
table.compact thead th[colspan]{text-align:center}
.line{display:block;white-space:nowrap}
ul.tree,ul.tree ul{list-style:none;margin:0;padding-left:0;font-size:.9rem}
ul.tree ul{margin-left:.3rem;padding-left:1rem;border-left:2px solid var(--grid)}
ul.tree li{margin:.6rem 0}
ul.tree li p{margin:.1rem 0}
ul.tree li.promoted>p strong{color:var(--accent)}
thead th{min-width:7rem;color:var(--muted);font-weight:600;vertical-align:bottom}
tbody th,tfoot th{font-weight:500}
tfoot>tr>*{font-weight:600}
tr.own>*{background:var(--tint);font-weight:600}
.interval{display:block;white-space:nowrap;color:var(--muted);font-size:.8rem;font-weight:400}
dl{margin:1rem 0}
dl>div{margin:.2rem 0}
dt,dd{display:inline;margin:0}
dt{font-weight:600;color:var(--ink)}
dt::after{content:": "}
figure{margin:0 0 1rem;min-width:0}
figcaption{margin-top:.25rem}
figure svg{display:block;max-width:100%;height:auto}
.narrow{display:none}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(400px,100%),1fr));gap:1.5rem 2rem;margin-top:1.25rem}
details{margin:.75rem 0}
summary{cursor:pointer;padding:.35rem 0}
details.example{border:1px solid var(--grid);border-radius:6px;padding:.4rem 1rem}
details.example[open]{padding-bottom:1rem}
.columns{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}
.columns>*{min-width:0}
ol{margin:0;padding-left:2rem;font-size:.9rem}
li{margin:.1rem 0}
mark{background:var(--accent);color:var(--page);border-radius:3px;padding:0 .35em;font-size:.75rem;font-weight:600;white-space:nowrap}
pre,code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.82rem}
pre{margin:0;white-space:pre-wrap;line-height:1.5}
pre.answer,pre.command{background:var(--panel);border-radius:6px;padding:.75rem 1rem}
.section{border-left:3px solid;padding:.1rem 0 .1rem .9rem;margin:.6rem 0}
.section pre{color:var(--ink)}
.label{display:block;font-size:.75rem;font-weight:600;letter-spacing:.02em}
.explorer{margin-top:2rem}
.controls{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:.75rem 1.5rem;margin:.75rem 0}
label{display:block;font-size:.85rem;color:var(--muted)}
input,select,button{font:inherit;color:var(--ink);background:var(--page);border:1px solid var(--muted);border-radius:6px;padding:.5rem .75rem;min-height:2.75rem}
label>input,label>select{display:block;width:100%;margin-top:.25rem}
button{cursor:pointer;background:var(--panel);margin-top:.5rem}
input:focus-visible,select:focus-visible,button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
${['role', 'history', 'candidates', 'reasoning', 'format', 'other'].map((name) => `.section-${name}{color:var(--${name})}`).join('')}
${chartStyles}
@media (max-width:759px){main{padding:1.5rem 1rem 3rem}th:first-child{min-width:7rem}.wide{display:none}.narrow{display:block}.columns{grid-template-columns:1fr}.verdict p:first-child{font-size:1.3rem}details.example{padding:.4rem .75rem}h2{margin-top:2.5rem}}
@media print{.explorer{display:none}main{max-width:none;padding:0}.wide{display:block}.narrow{display:none}.scroll{overflow:visible;border:0}th:first-child{position:static}table{font-size:.75rem}th,td{padding:.35rem .5rem}thead th,th:first-child{min-width:0}.interval{font-size:.68rem}
details::details-content{content-visibility:visible;display:block}summary{list-style:none}figure,tr,.section{break-inside:avoid}h2,h3,h4{break-after:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
