import type { CueGroup } from './concepts.ts';

/** English words that turn, weaken or strengthen what a clause says. */
export const englishScope: readonly CueGroup[] = [
  {
    kind: 'deny',
    strength: 1,
    phrases: `not, no, never, no patience for, no patience with, no time for, no use for, no interest in, no need of, no need for, no room for, without, rather than, instead of, in place of, as opposed to, ignore, ignores, ignoring, ignored, disregard, disregards, disregarding, regardless ?of, irrespective ?of, no matter, skip, skips, skipping, avoid, avoids, avoiding, omit, omits, omitting, leave out, leaves out, leaving out, forget, forgetting, neglect, neglecting, overlook, overlooking, set aside, setting aside, put aside, putting aside, lay aside, leave aside, leaving aside,
      pay/paying/paid/give/giving/take/taking no/little/scant ~ attention/heed/mind/notice/thought/regard ?to/for/of, do not care, could not care less, care little, could care less, never mind, free of, free from, blind to, deaf to, immune to, unaffected by, uninfluenced by, unswayed by, unimpressed by, untouched by, independent of, independently of, other than, nothing to do with, refrain from, nor, neither, zero, sans, minus, spare me, spare us, cut the, cut out, drop the, drop any, hold the, ditch, dispense with, do away with, resist, resisting, discount, discounting, dismiss, dismissing, exclude, excluding, stop, stay away from, steer clear of, keep away from, whether or not, without regard to/for, without any, with no, in spite of, despite, however, far from, anything but, nothing, none, isn't, hardly, void of, devoid of, lose the, away with, who cares, turn a blind eye to, think nothing of, make nothing of, think little of, close your eyes to, shut your eyes to, look past, looking past, see past, look beyond, put no weight on, set no store by, not swayed by, hide, strip, save the, save yourself, not interested in, tune out, block out, never let, do not let`,
  },
  {
    kind: 'dismiss',
    strength: 1,
    phrases: `irrelevan*, unimportant, not at issue, not decide, not sway, not come into, not interest me, not concern me, not concern us, not impress me, not bother, leave me cold, leaves me cold, immaterial, insignificant, beside the point, not count, not matter, not ?be ?a ?at ?all count/counted/considered/relevant/important/factor/allowed/needed/wanted/required/necessary/interesting/welcome/decisive/consideration/criterion/issue, not be taken into account, not come into it, not enter into it, not enter ?the, not play ?a/any ?role/part, not affect, not influence, not sway, not to the point, not the point, play/plays/playing/has/have/carry/carries/bear/bears/of/makes/make/with no ?real role/part/weight/importance/influence/bearing/consequence/difference/concern/say/relevance/place/interest/odds/sway/meaning/value, no concern, no object, unnecessary, unwanted, unwelcome, superfluous, needless, redundant, count/counts for nothing, mean/means nothing, matter/matters nothing, worth nothing, worthless, or not, be damned, notwithstanding, out of the picture, out of the equation, out of consideration, out of it, off the table, neither here nor there, forbidden, banned, prohibited, makes no odds, meaningless, keep/leave/put/set/push/cast/lay/leaving/setting/putting ~ aside, keep/leave/leaving/keeping ~ out, aside, i do not need, i need no, i want no, uncalled for, all the same to me, all one to me, is nothing to me`,
  },
  {
    kind: 'dismiss-less',
    strength: 1,
    phrases: `less weight, less important, less relevant, less attention, count less, counts less, matter less, matters less, weigh less, weighs less, little weight, little importance, lower weight, fade, fades, fading, play down, tone down, downplay, take a back seat, secondary, not too much, not so much, least of all, less of, lesser weight, less`,
  },
  {
    kind: 'affirm',
    strength: 1,
    phrases: `not/never ?be ?to ?ever forget/forgotten/neglect/neglected/fail/hesitate/ignore/ignored/overlook/overlooked/omit/omitted/skip/skipped/disregard/disregarded/miss/missed/discount/discounted/dismiss/dismissed/underestimate/underestimated/lose, without forgetting/ignoring/neglecting/overlooking/losing/omitting/skipping, nothing matters more than, nothing matters but, nothing matters except, nothing counts but, nothing counts except, nothing counts more than, nothing is more important than, nothing but, nothing except, nothing besides, nothing other than, nothing more than, no more than, no fewer than, no less than, none other than, no doubt, not to mention, no one else, nobody else, not unlike, no longer, by no means ignore, do not let up, no later than, cannot do without, not least`,
  },
  {
    kind: 'not-only',
    strength: 1,
    phrases: 'not only, not just, not merely, not simply, not solely, not alone, more than just',
  },
  {
    kind: 'resume',
    strength: 1,
    phrases: `only then, instead ?just ?only ?simply order/rank/sort/put/arrange/go/look/focus/use/consider/write/list/give/judge/rely/answer/return, just, only, simply, as long as, so long as, provided, except, unless, apart from, when you, when ordering, when ranking, when sorting, while`,
  },
  {
    kind: 'hedge',
    strength: 1,
    phrases: `perhaps, maybe, possibly, a little, a bit, a little bit, slightly, somewhat, to some extent, to some degree, to a degree, to a certain extent, to a certain degree, if you like, if you wish, if you want, if you can, if you must, if you please, if you feel like it, if possible, if need be, if needed, if necessary, if it helps, if you have time, you may, you might, you could, feel free, optional, optionally, where possible, mildly, moderately, a touch, a tad, a shade, partly, in part, loosely, lightly, marginally, occasionally, would not hurt, no harm in, it would be nice, at your discretion, as a tie breaker, tie breaker, tiebreaker, in case of a tie, if in doubt, when in doubt, within reason, a smidgen, not too much, to a lesser extent, more or less, as far as you care, might want to, may want to, ideally`,
  },
  {
    kind: 'stress',
    strength: 1,
    phrases: `above all, first and foremost, strictly, strongly, at all costs, by all means, without fail, most of all, especially, particularly, chiefly, mainly, mostly, primarily, principally, count/counts/matter/matters/weigh/weighs ?the most, count/counts/matter/matters/weigh/weighs ?far ?much more, ?far ?much ?the more/most/greater/greatest/extra/heavier/heaviest/special/bigger/biggest/full weight, absolutely, purely, solely, exclusively, prioriti*, priority to, priority for, top priority, emphasi*, more than anything, above everything else, above all else, must, essential, crucial, important, very, heavily, firmly, insist, utmost, decisive, decide, decides, be the judge, no exceptions, without exception`,
  },
];
