import type { CatalogueEntry, FetchDatasetOptions, FetchedDataset } from '@rppkit/datasets/node';
import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import type { TextStream } from '../../terminal/progress.ts';
import { InterruptedError, UsageError } from '../../usage-error.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { addJsonOption, makeRelative } from '../options.ts';

interface FetchFlags {
  readonly folder: string;
  readonly from?: string;
  readonly acceptLicence?: boolean;
  readonly json?: boolean;
}

const outcomes: Readonly<Record<FetchedDataset['origin'], string>> = {
  present: 'is there already',
  offline: 'was verified and copied',
  download: 'was downloaded and verified',
};

/**
 * `rppkit data fetch [name]`: gets a data set of the catalogue, or lists the catalogue. `catalogue` stands in for that of
 * `@rppkit/datasets`.
 */
export function addFetchCommand(
  data: Command,
  { stdout, stderr }: CliStreams,
  catalogue?: readonly CatalogueEntry[],
): void {
  const command = data
    .command('fetch')
    .description('download a data set of the catalogue, verified; without a name, list the catalogue')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 it could not be had or is not what it should be, 2 no such data
set, or its licence was not accepted, 3 interrupted; the same command goes on.

Examples:
  rppkit data fetch
  rppkit data fetch ml-100k --folder data
  rppkit data fetch ml-100k --from ~/Downloads/ml-100k.zip`,
    )
    .argument('[name]', 'name in the catalogue')
    .option('--folder <folder>', 'where it is kept', makeRelative, 'data')
    .option('--from <file>', 'an already downloaded file, which is verified and copied instead', makeRelative)
    .option('--accept-licence', 'accept the licence without being asked');
  addJsonOption(command).action(async (name: string | undefined, flags: FetchFlags) => {
    const { datasetCatalogue } = await import('@rppkit/datasets/node');
    const known = catalogue ?? datasetCatalogue;
    if (name === undefined) {
      if (flags.json) {
        stdout.write(`${JSON.stringify(known, null, 2)}\n`);
        return;
      }
      const { renderCatalogue } = await import('./render-catalogue.ts');
      stdout.write(`${renderCatalogue(known)}\n`);
      return;
    }
    const { entry, path, origin } = await fetchEntry(findEntry(known, name), flags, stderr);
    if (flags.json) {
      const fetched = { name: entry.name, path: makeRelative(path), origin, format: entry.format };
      stdout.write(`${JSON.stringify(fetched, null, 2)}\n`);
      return;
    }
    const { writeMessage } = await import('../../terminal/write-message.ts');
    const columns = /\.csv(\.gz)?$/.test(path) ? ' --user-column NAME --item-column NAME --time-column NAME' : '';
    const advice = `Look at it with: rppkit data inspect ${makeRelative(path)}${columns}`;
    writeMessage(stderr, `${entry.title} ${outcomes[origin]}. It holds ${entry.format} ${advice}`);
    stdout.write(`${makeRelative(path)}\n`);
  });
}

function findEntry(catalogue: readonly CatalogueEntry[], name: string): CatalogueEntry {
  const entry = catalogue.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const names = catalogue.map((candidate) => candidate.name).join(', ');
  throw new UsageError(
    `Expected a data set of the catalogue (${names}), received ${JSON.stringify(name)}. Pass one of these names.`,
  );
}

/** Fetches with the licence shown, progress, and Ctrl-C. */
async function fetchEntry(
  entry: CatalogueEntry,
  { folder, from, acceptLicence: accepted = false }: FetchFlags,
  stderr: TextStream,
): Promise<FetchedDataset> {
  const { fetchDataset, LicenceNotAcceptedError } = await import('@rppkit/datasets/node');
  const { acceptTerms } = await import('./accept-terms.ts');
  const { signal, stop } = listenForInterrupt();
  const progress = await createMegabyteProgress(entry.name, stderr);
  try {
    const fetched = await fetchDataset(entry, {
      folder,
      from,
      accept: () => acceptTerms(entry, { accepted, stderr, signal }),
      signal,
      onProgress: progress.report,
    });
    progress.complete();
    return fetched;
  } catch (error) {
    if (LicenceNotAcceptedError.isInstance(error)) {
      throw new UsageError(
        `Expected the licence of ${entry.name} to be accepted, received no yes. Answer y, or pass --accept-licence.`,
      );
    }
    if (signal.aborted) throw new InterruptedError('The fetch was interrupted. The next one continues where it ended.');
    throw error;
  } finally {
    progress.end();
    stop();
  }
}

/** Progress in megabytes with one decimal, shown where the size of the file is known. */
async function createMegabyteProgress(
  name: string,
  stderr: TextStream,
): Promise<{
  readonly report: NonNullable<FetchDatasetOptions['onProgress']>;
  complete(): void;
  end(): void;
}> {
  const { createProgress } = await import('../../terminal/progress.ts');
  const progress = createProgress(stderr);
  let megabytes = 0;
  return {
    report({ received, total }) {
      if (total === undefined) return;
      if (megabytes === 0) {
        megabytes = Math.ceil(total / 1e5) / 10;
        progress.begin(`${name}, MB`, megabytes);
      }
      progress.advance(Math.floor(received / 1e5) / 10);
    },
    complete() {
      if (megabytes > 0) progress.advance(megabytes);
    },
    end() {
      progress.end();
      progress.close?.();
    },
  };
}
