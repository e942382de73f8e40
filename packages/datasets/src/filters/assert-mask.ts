import { InvalidArgumentError } from '@rppkit/spec';

/**
 * Throws `InvalidArgumentError` for a mask of another length than `length`, and for entries other than 0 and 1: row roles in
 * place of a mask would keep the rows that they were to leave out.
 */
export function assertMask(name: string, mask: Uint8Array, length: number): void {
  if (mask.length !== length) throw new InvalidArgumentError(name, `a mask of ${length} entries`, mask);
  for (let at = 0; at < length; at++) {
    if (mask[at]! <= 1) continue;
    const advice = 'Of row roles make a mask: roles.map((role) => Number(role === rowRoles.train)).';
    throw new InvalidArgumentError(`${name}[${at}]`, '0 or 1', mask[at], advice);
  }
}
