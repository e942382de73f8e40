/** What sentences of a prompt can ask of a model. Each is read in a strength of 0 to 1. */
export type Concept =
  | 'recency'
  | 'overall'
  | 'taste'
  | 'popularity'
  | 'niche'
  | 'deliberation'
  | 'brevity'
  | 'explicitness'
  | 'indices';

/** A cue and how strongly it alone expresses its concept. */
export type Cue = readonly [pattern: RegExp, strength: number];

/**
 * Words and phrases by concept, so that a rewritten sentence counts in its degree. Several cues in one prompt add up as
 * independent chances do: 1 - (1 - a)(1 - b).
 */
export const conceptCues: Readonly<Record<Concept, readonly Cue[]>> = {
  recency: [
    [
      /\b(?:most recent(?:ly)?|latest|newest|freshest|just (?:watched|saw|seen|chose|bought|played)|last (?:few|couple|two|three|four|five))\b/,
      0.6,
    ],
    [
      /\b(?:recent(?:ly)?|lately|of late|these days|nowadays|right now|current(?:ly)?|at the moment|past (?:few )?(?:days|weeks))\b/,
      0.45,
    ],
    [/\b(?:end|bottom) of (?:the|my) (?:list|history)\b|\bcame last\b|\bfinal (?:few|entries|items|titles)\b/, 0.5],
    [
      /\b(?:shift(?:s|ed|ing)?|chang(?:es?|ed|ing)|evolv(?:es?|ed|ing)|drift(?:s|ed|ing)?|mov(?:es|ed) on|updat(?:e|es|ed|ing))\b/,
      0.3,
    ],
    [/\b(?:count|matter|weigh|weight) (?:the )?most\b|\bmore weight\b|\babove all\b/, 0.15],
    [/\b(?:mood|momentum|session|phase|streak)\b/, 0.3],
    [/\bnext\b/, 0.1],
  ],
  overall: [
    [/\b(?:everything|entire|whole|overall|altogether|throughout|all along)\b/, 0.55],
    [/\b(?:all|each|every(?: one)?|any)(?: of)? (?:the|my|these|those)(?! candidate| title| number| \d)\b/, 0.5],
    [
      /\bevery (?:single )?(?:movie|film|item|product|entry|thing)\b|\b(?:full|complete) (?:list|history|record)\b/,
      0.5,
    ],
    [
      /\b(?:long[- ]term|lasting|general|generally|over (?:the years|time)|in total|on the whole|stable|broad picture)\b/,
      0.45,
    ],
    [/\blisted above\b/, 0.15],
  ],
  taste: [
    [/\b(?:preferences?|tastes?|likings?|favou?rites?)\b/, 0.45],
    [/\b(?:prefer|enjoy|love|appreciate)\b|\b(?:i|me|person|viewer|user) (?:really )?likes?\b/, 0.35],
    [/\b(?:personal(?:ly|i[sz]ed?)?|individual(?:ly)?|one particular person|for me alone|my own)\b/, 0.35],
    [/(?<!people[’']?s? )\binterests?\b/, 0.35],
    [/\b(?:similar(?:ity|ities)?|resembl\w+|alike|in common|close(?:st)? to)\b/, 0.35],
    [/\b(?:fits?|suits?|match(?:es|ing)?)\b/, 0.2],
    [/\b(?:according to|based on|in line with|by) (?:the |my |what )/, 0.1],
  ],
  popularity: [
    [/\b(?:popular(?:ity)?|famous|fame|well[- ]known|blockbusters?|mainstream|best[- ]?sell\w+|box office)\b/, 0.6],
    [
      /\b(?:most people|many people|everyone|everybody|the crowd|the masses|the public|the majority|audiences?|widely|general public)\b/,
      0.5,
    ],
    [/\bhits?\b|\btrend(?:s|y|ing)?\b|\bin demand\b/, 0.4],
    [/\bpeople[’']?s? (?:interest|attention)\b|\bcatch(?:es)? (?:on|the eye)\b/, 0.35],
    [/\brecommend(?:er|ers|ation|ations)?\b|\blarge \w+ (?:service|platform|shop|site)\b/, 0.2],
  ],
  niche: [
    [
      /\b(?:lesser[- ]known|little[- ]known|hidden|gems?|obscure|niche|rare|corners?|cult|unusual|overlooked|underrated|off the beaten)\b/,
      0.5,
    ],
    [/\b(?:experts?|expertise|specialists?|connoisseurs?|critics?|scholars?|cinephiles?|aficionados?)\b/, 0.4],
  ],
  deliberation: [
    [/\bstep[- ]by[- ]step\b|\bthink (?:it |this )?(?:through|carefully|hard)\b/, 0.5],
    [
      /\b(?:think|reason|deduce|infer|analy[sz]e|examine|reflect|deliberate)\b|\bwork(?:ing)? out\b|\bfigure out\b/,
      0.4,
    ],
    [/\b(?:draft|correct(?:ed)?|refine|revise|double-check|reconsider|check)\b/, 0.25],
    [/\b(?:estimate|judge|assess|compare|weigh up|score)\b|\bone by one\b|\beach candidate\b/, 0.2],
    [/^\s*first\b/, 0.15],
    [/\b(?:explain|explanation|intermediate steps|show your|other words|justify|comment(?:s|ary)?)\b/, 0.4],
  ],
  brevity: [
    [/\b(?:brief(?:ly)?|short|concise(?:ly)?|terse)\b/, 0.5],
    [
      /\b(?:only|just|nothing but|nothing except) (?:write |give |report |show )?(?:the |a )?(?:numbered )?(?:list|ranking|order|numbers|titles|corrected)\b/,
      0.4,
    ],
    [/\bnothing else\b|\bdirectly\b|\bstraight away\b/, 0.4],
  ],
  explicitness: [
    [/\b(?:exactly|precisely|strictly) (?:in|like|as|this)\b/, 0.4],
    [/\b(?:example|template|in this shape|like this|as follows|in the form|format)\b/, 0.35],
    [/\bnumbered list\b/, 0.15],
    [/\ball \d+\b|\ball (?:of )?the (?:candidates|titles|numbers)\b|\beach exactly once\b/, 0.15],
  ],
  indices: [
    [/\[[a-z\d]+\] ?>/, 0.9],
    [/\b(?:numbers? (?:of|in|only)|indices|index|identifiers?|candidate numbers?)\b/, 0.6],
  ],
};

/** Words that turn a clause into its opposite. */
export const negation: RegExp =
  /\b(?:no|not|never|without|don[’']t|doesn[’']t|isn[’']t|ignor(?:e|es|ing)|irrelevant|regardless|skip|avoid|omit|leave out|forget|rather than|instead of|unimportant)\b/;
