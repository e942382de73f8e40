import { RppError } from '@rppkit/spec';
import type { LintFinding } from './lint-finding.ts';

/** Tasks break the protocol: a result on them would not mean what it says. */
export class ProtocolError extends RppError {
  /** The findings of severity `error`, in their order. */
  readonly findings: readonly LintFinding[];

  constructor(findings: readonly LintFinding[]) {
    const shown = findings.map(({ code, count, counted, fix }) => `${code} (${count} ${counted}): ${fix}`);
    super('PROTOCOL', `Expected tasks without protocol errors, received ${findings.length}. ${shown.join(' ')}`);
    this.findings = findings;
  }

  static override isInstance(value: unknown): value is ProtocolError {
    return RppError.isInstance(value) && value.code === 'PROTOCOL';
  }
}

/** Throws `ProtocolError` where `lint` found errors; warnings pass. */
export function assertNoErrors(findings: readonly LintFinding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new ProtocolError(errors);
}
