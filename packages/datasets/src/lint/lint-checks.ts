import { collidingTitles } from './checks/colliding-titles.ts';
import { constantPosition } from './checks/constant-position.ts';
import { containedTitles } from './checks/contained-titles.ts';
import { duplicateCandidates } from './checks/duplicate-candidates.ts';
import { duplicateTaskIds } from './checks/duplicate-task-ids.ts';
import { emptyHistory } from './checks/empty-history.ts';
import { foreignHistory } from './checks/foreign-history.ts';
import { historyAmongCandidates } from './checks/history-among-candidates.ts';
import { laterHistory } from './checks/later-history.ts';
import { noRelevant } from './checks/no-relevant.ts';
import { orderNotTime } from './checks/order-not-time.ts';
import { relevantInHistory } from './checks/relevant-in-history.ts';
import { relevantNotOfUser } from './checks/relevant-not-of-user.ts';
import { repeatedTarget } from './checks/repeated-target.ts';
import { sameTarget } from './checks/same-target.ts';
import { sharedOrder } from './checks/shared-order.ts';
import { sharedUsers } from './checks/shared-users.ts';
import { skewedPosition } from './checks/skewed-position.ts';
import { tooFewUsers } from './checks/too-few-users.ts';
import { trainedValidationUsers } from './checks/trained-validation-users.ts';
import { unevenCandidates } from './checks/uneven-candidates.ts';
import { unknownOrder } from './checks/unknown-order.ts';
import { unreachableRelevant } from './checks/unreachable-relevant.ts';
import { untitledItems } from './checks/untitled-items.ts';
import type { LintCheck } from './lint-check.ts';

/**
 * Every check, in the order of its findings.
 *
 * Of the known defects of published code these show in tasks: histories of other users, targets in one slot and repeated
 * orders, shared users and shared labels, an order that is no time. The others do not, because they happen later: candidates
 * shuffled again before decoding, a loss without reward, one reward for all users, a round chosen after the fact, encoders
 * that cannot serve one user, incomplete answers scored in silence.
 */
export const lintChecks: readonly LintCheck[] = [
  // Who and whose
  duplicateTaskIds,
  sharedUsers,
  trainedValidationUsers,
  sameTarget,
  foreignHistory,
  relevantNotOfUser,
  // Labels
  relevantInHistory,
  repeatedTarget,
  laterHistory,
  noRelevant,
  unreachableRelevant,
  // Candidates
  duplicateCandidates,
  constantPosition,
  skewedPosition,
  sharedOrder,
  historyAmongCandidates,
  unevenCandidates,
  // Order of histories
  unknownOrder,
  orderNotTime,
  emptyHistory,
  // Titles
  collidingTitles,
  containedTitles,
  untitledItems,
  // Size
  tooFewUsers,
];
