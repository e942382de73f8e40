import { createInterface } from 'node:readline/promises';
import { type CatalogueEntry, datasetCatalogue, fetchDataset, LicenceNotAcceptedError } from '@rppkit/datasets/node';
import { renderTable, wrapText } from '@rppkit/metrics/report';
import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { createProgress, type TextStream } from '../../terminal/progress.ts';
import { InterruptedError, UsageError } from '../../usage-error.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { makeRelative } from '../options.ts';

interface FetchFlags {
  readonly folder: string;
  readonly from?: string;
  readonly acceptLicence?: boolean;
}

const megabyte = 1e6;

/** `rppkit data fetch [name]`: downloads a data set of the catalogue, or lists the catalogue. */
export function addFetchCommand(data: Command, { stdout, stderr }: CliStreams): void {
  data
    .command('fetch')
    .description('download a data set of the catalogue, verified; without a name, list the catalogue')
    .argument('[name]', 'name in the catalogue')
    .option('--folder <folder>', 'where it is kept', makeRelative, 'data')
    .option('--from <file>', 'an already downloaded file, which is verified and copied instead', makeRelative)
    .option('--accept-licence', 'accept the licence without being asked')
    .action(async (name: string | undefined, { folder, from, acceptLicence = false }: FetchFlags) => {
      if (name === undefined) {
        stdout.write(`${renderCatalogue()}\n`);
        return;
      }
      const { signal, stop } = listenForInterrupt();
      const progress = createProgress(stderr);
      let total = 0;
      try {
        const { path, origin, entry } = await fetchDataset(name, {
          folder,
          ...(from !== undefined && { from }),
          accept: (wanted) => acceptTerms(wanted, acceptLicence, stderr),
          signal,
          onProgress: ({ received, total: expected }) => {
            if (total === 0 && expected !== undefined) {
              total = expected;
              progress.begin(`${name}, MB`, Math.ceil(expected / megabyte));
            }
            if (total > 0) progress.advance(Math.floor(received / megabyte));
          },
        });
        if (total > 0) progress.advance(Math.ceil(total / megabyte));
        progress.end();
        const done = {
          present: 'is there already',
          offline: 'was verified and copied',
          download: 'was downloaded and verified',
        };
        stderr.write(`${entry.title} ${done[origin]}. Look at it with: rppkit data inspect ${makeRelative(path)}\n`);
        stdout.write(`${makeRelative(path)}\n`);
      } catch (error) {
        progress.end();
        if (LicenceNotAcceptedError.isInstance(error)) {
          throw new UsageError(
            `Expected the licence of ${error.dataset} to be accepted, received no yes. Answer y, or pass --accept-licence.`,
          );
        }
        if (signal.aborted) throw new InterruptedError('The download was interrupted. The next fetch continues it.');
        throw error;
      } finally {
        stop();
      }
    });
}

/** Shows the terms of a data set and asks for them on a terminal. */
async function acceptTerms(entry: CatalogueEntry, accepted: boolean, stderr: TextStream): Promise<boolean> {
  const paragraphs = [
    `${entry.title} (${entry.homepage})`,
    `Licence: ${entry.licence}`,
    `Commercial use: ${entry.commercialUse}.`,
    `Please cite: ${entry.citation}`,
  ];
  for (const paragraph of paragraphs) stderr.write(`${wrapText(paragraph, 80).join('\n')}\n\n`);
  if (accepted || !process.stdin.isTTY) return accepted;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Do you accept the licence? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}

function renderCatalogue(): string {
  const rows = datasetCatalogue.map(({ name, title, bytes, commercialUse }) => [
    name,
    title,
    bytes === undefined ? 'unknown' : `${(bytes / megabyte).toFixed(1)} MB`,
    commercialUse,
  ]);
  return renderTable({
    columns: ['name', 'data set', 'size', 'commercial use'],
    rows,
    alignment: ['left', 'left', 'right', 'left'],
  });
}
