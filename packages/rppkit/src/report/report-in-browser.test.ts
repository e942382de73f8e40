import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from './render-report.ts';
import { createExample, examples, hostile, hostileExamples, results } from './results.fixture.ts';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

describe.skipIf(!existsSync(executablePath))(
  'the report in headless Chromium (skipped where CHROMIUM_PATH finds none)',
  () => {
    let folder: string;
    let browser: Browser;
    let page: Page;
    let problems: string[];
    let requests: string[];
    const urlOf = (name: string): string => pathToFileURL(join(folder, `${name}.html`)).href;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'rppkit-report-'));
      // Users 100 to 139, the personal prompt better for most of them and worse for two.
      const many = Array.from({ length: 40 }, (_, index) => {
        const example = createExample(String(100 + index), [`Film ${index}`, 'Heat', 'Amélie', 'Ran'], index % 4);
        return index < 38 ? example : { ...example, ndcg: 0.25 };
      });
      writeFileSync(join(folder, 'plain.html'), await renderReport(results, [...examples, ...many]));
      writeFileSync(join(folder, 'hostile.html'), await renderReport(hostile, hostileExamples));
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    }, 60_000);
    afterEach(() => page.context().close());
    afterAll(async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function open(name: string, options: BrowserContextOptions = {}): Promise<void> {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
      page = await context.newPage();
      problems = [];
      requests = [];
      page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(urlOf(name));
    }
    const found = () => page.locator('#explorer-list > details');
    const summaries = () => found().locator('summary').allTextContents();
    const count = () => page.locator('#explorer-count').textContent();

    it.each(['plain', 'hostile'])(
      '%s: no console error, no request, no horizontal page scroll, and nothing executed',
      async (name) => {
        await open(name);
        await page.locator('#explorer-query').focus();
        await found().first().waitFor();
        for (const width of [390, 320, 1280]) {
          await page.setViewportSize({ width, height: 844 });
          await page.evaluate('document.querySelectorAll("details").forEach((element) => { element.open = true; })');
          await found().first().locator('.answer').first().waitFor();
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        }
        expect(await page.evaluate('[document.scripts.length, typeof window.pwned, document.images.length]')).toEqual([
          2,
          'undefined',
          0,
        ]);
        expect(problems).toEqual([]);
        expect(requests.filter((request) => request !== 'data:,')).toEqual([urlOf(name)]);
      },
    );

    it('finds a user by id and by words of titles, without accents and case, and orders by gain', async () => {
      await open('plain');
      expect(await count()).toBe('42 users');
      expect(await found().count()).toBe(0);
      await page.locator('#explorer-query').fill('  138 ');
      await expect.poll(count).toBe('1 of 42 users');
      expect(await summaries()).toEqual([
        'User 138: NDCG 0.250 with the personal prompt, 0.500 with the best fixed prompt (-0.250)',
      ]);
      await page.locator('#explorer-query').fill('amelie STALKER');
      await expect.poll(count).toBe('2 of 42 users');
      await page.locator('#explorer-query').fill('film 3');
      await expect.poll(count).toBe('13 of 42 users');
      await page.locator('#explorer-query').fill('');
      await expect.poll(count).toBe('42 users');
      await page.locator('#explorer-order').selectOption('loss');
      await expect.poll(async () => (await summaries())[0]).toContain('User 139: NDCG 0.250 with');
      await page.locator('#explorer-order').selectOption('gain');
      await expect.poll(async () => (await summaries())[0]).toContain('User 77:');
      await page.locator('#explorer-query').fill('nobody has this');
      await expect.poll(count).toBe('0 of 42 users');
      expect(problems).toEqual([]);
    });

    it('shows what the static example of the same user shows', async () => {
      await open('plain');
      await page.locator('#explorer-query').fill('412');
      await found().first().locator('.answer').first().waitFor();
      const shown = (selector: string): Promise<string> =>
        page.evaluate(
          (path) =>
            [...document.querySelector(path)!.children]
              .slice(1)
              .map((child) => child.outerHTML)
              .join('')
              .replaceAll('\n', ''),
          selector,
        );
      expect(await shown('#explorer-list > details')).toBe(await shown('main > details.example'));
    });

    it('is used from the keyboard', async () => {
      await open('plain');
      await page.locator('#explorer-query').focus();
      await expect.poll(() => found().count()).toBe(20);
      await page.locator('#explorer-more').focus();
      await page.keyboard.press('Enter');
      expect(await found().count()).toBe(40);
      expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^User 118:/);
      await page.keyboard.press('Enter');
      await found().nth(20).locator('.answer').first().waitFor();
      await page.locator('#explorer-more').click();
      expect(await found().count()).toBe(42);
      expect(await page.locator('#explorer-more').isVisible()).toBe(false);
    });

    it('finds hostile users, as text', async () => {
      await open('hostile');
      await page.locator('#explorer-query').fill('<script>window.pwned');
      await expect.poll(count).toBe('2 of 2 users');
      for (const details of await found().all()) await details.locator('summary').click();
      await found().nth(1).locator('.answer').first().waitFor();
      const text = await page.locator('#explorer-list').textContent();
      expect(text).toContain('"><script>window.pwned=1</script><img src=x onerror="window.pwned=2"> \'');
      expect(text).toContain('[U+202E]TXT[U+202C] [U+001B][31mred');
      expect(text).toContain(`${'L'.repeat(140)}… [cut from 10,240 characters]`);
      expect(text!.length).toBeLessThan(30_000);
      for (const raw of ['\u001b', '\u202e']) expect(text!.includes(raw)).toBe(false);
      expect(await page.evaluate('[typeof window.pwned, document.images.length]')).toEqual(['undefined', 0]);
      expect(problems).toEqual([]);
    });

    it('keeps to the static examples without scripts, and on paper', async () => {
      await open('plain', { javaScriptEnabled: false });
      expect(await page.locator('#explorer').isVisible()).toBe(false);
      expect(await page.locator('details.example').count()).toBe(8);
      await page.context().close();
      await open('plain');
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('#explorer').isVisible()).toBe(false);
    });

    it('says so where it cannot read the prompts', async () => {
      await open('plain');
      await page.evaluate("document.getElementById('explorer-data').textContent = 'H4sI'");
      await page.locator('#explorer-query').fill('412');
      await expect.poll(count).toContain('This browser cannot read the prompts:');
    });

    it.each([
      ['light', 390],
      ['dark', 390],
      ['light', 1280],
      ['dark', 1280],
    ] as const)('has no serious accessibility finding: %s, %d px', async (colorScheme, width) => {
      await open('plain', { viewport: { width, height: 900 }, colorScheme });
      await page.locator('#explorer-query').fill('412');
      await found().first().locator('.answer').first().waitFor();
      await page.evaluate(axe.source);
      const { violations, passes } = (await page.evaluate(
        'axe.run({ resultTypes: ["violations"] })',
      )) as axe.AxeResults;
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`)).toEqual(
        [],
      );
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
    });
  },
);
