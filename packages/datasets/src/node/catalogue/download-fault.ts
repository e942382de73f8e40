/**
 * Why one try to download did not succeed. `passing`: the same address may do better. `address`: it will not.
 * `content`: it sent other bytes than expected, which must not be kept.
 */
export class DownloadFault extends Error {
  readonly kind: 'passing' | 'address' | 'content';

  constructor(kind: DownloadFault['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
