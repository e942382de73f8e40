import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ExampleView } from './example-view.ts';
import { explorePrompts } from './explore-prompts.ts';
import { formatCount } from './format-figure.ts';

// Development loaders such as tsx wrap functions in calls of `__name`, which the page does not have.
const script = `(() => {
const __name = (value) => value;
(${explorePrompts.toString()})();
})();`;

/** What a content security policy calls the script of the explorer. */
export const explorerScriptSource: string = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/**
 * The prompt explorer: a search box and the users that it finds. It stays hidden where scripts do not run. Users are packed, and
 * unpacked by the browser when somebody begins to search.
 */
export function renderExplorer(examples: readonly ExampleView[]): string {
  const packed = gzipSync(JSON.stringify(examples), { level: 9 }).toString('base64');
  return `<div id="explorer" class="explorer" hidden>
<h3>Find a user</h3>
<div class="controls">
<label>User id, or words of a title<input id="explorer-query" type="search" autocomplete="off" autocapitalize="off" spellcheck="false" dir="auto"></label>
<label>Order<select id="explorer-order"><option value="">as in the run</option><option value="gain">largest gain of the personal prompt first</option><option value="loss">largest loss of the personal prompt first</option></select></label>
</div>
<p id="explorer-count" class="note" role="status">${formatCount(examples.length)} users</p>
<div id="explorer-list"></div>
<button id="explorer-more" type="button" hidden></button>
<script id="explorer-data" type="application/octet-stream">${packed}</script>
<script>${script}</script>
</div>`;
}
