/** A contradiction inside a policy file: what was expected, as the object of "Expected", and what stands there. */
export interface PolicyProblem {
  readonly expected: string;
  readonly received: unknown;
}
