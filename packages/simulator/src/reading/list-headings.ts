/** Headings of lists that are to be ranked. */
export const candidateHeading: RegExp =
  /\b(?:candidates?|options?|choices|shortlist|rank (?:these|the following)|(?:order|sort|arrange) (?:these|the following)|choose from|pick from|to (?:be )?(?:rank|sort|order)(?:ed)?|not (?:yet )?(?:seen|watched))\b|候选|备选|待选|可选|选项|待排|(?:排列|排序)(?:以下|下面|下列)|没看过|未看/i;

/** Headings of histories. */
export const historyHeading: RegExp =
  /\b(?:history|watched|seen|played|listened|read|bought|purchased|liked|enjoyed|loved|rated|clicked|viewed|interactions|so far|already)\b|看过|听过|玩过|读过|买过|历史|记录|喜欢过|用过/i;

/** Headings of lists of instructions. */
export const ruleHeading: RegExp =
  /\b(?:rules?|instructions?|requirements?|guidelines?|notes?|constraints?|steps?|please|remember|how to|criteria|task)\b|要求|规则|注意|须知|说明|步骤|准则|原则|任务/i;

/** Says that a list begins with its newest entry. */
export const newestFirst: RegExp =
  /\b(?:newest|latest|most recent(?:ly)?(?: \w+)?)(?:[ -](?:one|item|ones))?[ -](?:is |are )?(?:comes? |stands? |listed |at the )?(?:first|top)\b|\bfrom (?:the )?(?:newest|latest|most recent)\b|\b(?:starting|beginning) with the (?:newest|latest|most recent)\b|\breverse (?:chronological )?order\b|\b(?:newest|latest|most recent) to (?:the )?oldest\b|从新到旧|由新到旧|由近及远|由近到远|从近到远|倒序|(?:新|最近)的?(?:排|放|列)?在(?:最)?前/i;

/** What stands for a title in an example. Marks are hardly ever a title's own; words and brackets may well be. */
export const markedPlaceholder: RegExp = /^(?:<.*>|‹.*›|＜.*＞|\{.*\}|\.{3,6}|…{1,2})$/;

/** The same, and words such as `Title A` that a title may consist of. */
export const placeholder: RegExp =
  /^(?:[<‹＜[{(【].*[>›＞\]})】]|\.{3,6}|…{1,2}|(?:title|item|movie|film|name|book|game|song|product)(?: (?:[a-z]|\d+|one|two|three))?|(?:片名|标题|名称|书名|电影|影片|商品|歌曲|游戏)\s?[A-Z\d一二三甲乙丙]?)$/i;

/** Whether a heading, a tag or a field says that titles follow. */
export function announcesTitles(heading: string): boolean {
  return candidateHeading.test(heading) || historyHeading.test(heading);
}
