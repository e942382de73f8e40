import { RppError } from '@rppkit/spec';
import type { CatalogueEntry } from './catalogue-entry.ts';

/** A data set is not fetched because its licence was not accepted. Holds what must be shown to whoever decides. */
export class LicenceNotAcceptedError extends RppError {
  /** Name of the catalogue entry. */
  readonly dataset: string;
  readonly licence: string;
  readonly citation: string;
  readonly homepage: string;

  constructor({ name, title, licence, citation, homepage }: CatalogueEntry) {
    super(
      'LICENCE_NOT_ACCEPTED',
      `${title} (${name}) is fetched only once its licence is accepted. ${licence} Cite: ${citation}. See ${homepage}.`,
    );
    this.dataset = name;
    this.licence = licence;
    this.citation = citation;
    this.homepage = homepage;
  }

  static override isInstance(value: unknown): value is LicenceNotAcceptedError {
    return RppError.isInstance(value) && value.code === 'LICENCE_NOT_ACCEPTED';
  }
}
