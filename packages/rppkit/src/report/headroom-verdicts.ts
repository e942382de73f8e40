import type { HeadroomVerdict } from '@rppkit/search';

/** What a verdict on headroom says, as the end of a sentence. */
export const headroomVerdicts: Readonly<Record<HeadroomVerdict, string>> = {
  pays: 'personal prompts can pay here',
  'too-small': 'too small to matter',
  undecided: 'undecided',
};
