import { describe, expect, it } from 'vitest';
import { datasetCatalogue } from './dataset-catalogue.ts';

describe('datasetCatalogue', () => {
  it('has distinct names and files', () => {
    const names = datasetCatalogue.map(({ name }) => name);
    expect(names).toContain('ml-100k');
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(datasetCatalogue.map(({ file }) => file)).size).toBe(names.length);
  });

  it.each(datasetCatalogue.map((entry) => [entry.name, entry] as const))('describes %s completely', (name, entry) => {
    expect(name).toMatch(/^[a-z0-9-]+$/);
    expect(entry.file).toMatch(/^[a-z0-9-]+\.(zip|csv\.gz)$/);
    expect(entry.sha256).toMatch(/^[0-9a-f]{64}$/);
    if (entry.bytes !== undefined) expect(Number.isSafeInteger(entry.bytes) && entry.bytes > 500_000).toBe(true);
    for (const url of [entry.url, entry.homepage, ...entry.mirrors]) expect(new URL(url).protocol).toBe('https:');
    for (const words of [entry.title, entry.format, entry.licence, entry.citation]) {
      expect(words.length).toBeGreaterThan(10);
    }
  });
});
