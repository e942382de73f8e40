/** What a check came to. A warning does not keep rppkit from working. */
type Verdict = 'ok' | 'warning' | 'failed';

/** One thing that was checked. */
export interface Check {
  readonly name: string;
  readonly verdict: Verdict;
  /** What was found. */
  readonly found: string;
  /** What to do, where it is not ok. */
  readonly advice?: string;
}
