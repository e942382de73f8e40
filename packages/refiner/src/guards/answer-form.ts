import { foldText } from './folded-text.ts';

/** The answer that a sentence asks for, as a model that follows it would understand it. */
export interface AnswerForm {
  readonly shape:
    | 'numbered'
    | 'bullets'
    | 'lines'
    | 'commas'
    | 'chain'
    | 'json-array'
    | 'json-object'
    | 'table'
    | 'example';
  /** What stands for a candidate. Undefined where the sentence leaves that open. */
  readonly content: 'titles' | 'numbers' | undefined;
  /** Of a JSON object. */
  readonly field?: string;
  /** The line that stands for the best candidate, where the shape is shown by an example. */
  readonly line?: string;
  /** How many candidates are wanted, where it is not all. */
  readonly most?: number;
  /** Whether the best candidate comes last. */
  readonly reversed: boolean;
}

/** What makes an answer one that no list can be read from. */
const prose =
  /\b(?:paragraphs?|prose|essays?|poems?|story|stories|reviews?|letter to|flowing|narrative|sentence of|in (?:a|one|full|complete|whole) sentences?|in sentences|full sentences?|sentence for each|sentences? about|talk about|chat about|describe|summar(?:y|ise|ize)|discuss|dialogue|song about|haiku|email|blog|roman numerals?|add(?:ed)? up|summed|(?:single|a|one) sum|averaged?|spelled out)\b|罗马数字|总和|求和|相加|平均|段(?:话|文字|落|评论|介绍)|一段|段落|文章|作文|散文|诗|故事|影评|评论(?!家)|介绍(?!所)|书信|对话|用一句话|用(?:几|一|两|完整的?)句|描述|概述/;
const grouped =
  /\b(?:group(?:s|ed|ing)?|categor(?:y|ies|ised|ized|ise|ize)|clusters?|clustered|buckets?|tiers?|sections?|by genre|per genre|split into|divided|separate lists|two lists|three lists|several lists|nested|keyed by|mapping|pairs?|dictionary|array of (?:arrays|objects|lists|pairs)|list of lists|columns? (?:for|per) (?:each|every|any))\b|每.{1,6}一列|分组|分类|类别|归类|分成|分为|按题材|按类型|分别列|嵌套|键值|字典|映射|两个列表|多个列表|(?:对象|数组)的数组|由(?:对象|数组)组成/;
const reversedOrder =
  /\b(?:worst|least \w+|lowest|weakest|poorest)(?: \w+){0,2} (?:first|at the top|on top)\b|\b(?:best|most \w+|top)(?: \w+){0,2} (?:last|at the (?:bottom|end))\b|\b(?:reverse[d]?|ascending|inverse|opposite|backwards?) ?(?:order)?\b|从(?:最差|最不|最末|末位)|最(?:差|不合适|不适合|不相关)的?(?:排|放|写|列)?在?(?:最前|第一|首位|前面)|最(?:好|合适|适合)的?(?:排|放|写|列)?在?(?:最后|末尾|最末|后面)|倒序|逆序|反序|升序|倒着|由差到好/;
const limited =
  /\b(?:top|best|first|only) (\d{1,3}|one|two|three|four|five|ten)\b(?! first)(?! (?:candidate|title|integer|number|field|line|list|item)s?\b(?! only))|\bonly the (best|top|winner|first|most suitable)\b(?! (?:first|on))|\b(?:a|the) (single) best\b|前 ?(\d{1,3}|一|二|两|三|四|五|十) ?[个名部位项本首款]|只(?:要|写|列|给)(?:出)?(最(?:好|合适|适合)的?(?:那|一)(?:一)?[个部])|(?:任意|随便)(一|几|两|三)[个部]/;
const numerals: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  ten: 10,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  十: 10,
};

const jsonObject = /\bobject\b|\bdict\b|\bfields?\b|\bkeys?\b|\bpropert(?:y|ies)\b|对象|字段|属性|键/;
const numberedList =
  /\bnumbered\b|\bnumber(?:ed|ing)? (?:list|lines?|the (?:lines?|titles?|items?|entries|list)|each|them)\b|\benumerat\w+|\bordered list\b|\bas a list with numbers\b|\blist (?:with numbers|that is numbered|numbered)\b|\bnumbers in front\b|\b(?:each|every) (?:title|line|entry|one)?[^.!?\n]{0,20}with (?:its|a) (?:rank|number)\b|\b1\.|编号(?:的)?(?:列表|清单|名单|列出|形式|方式)|(?:列表|清单)[^。!?\n]{0,6}编号|带(?:有|上)?(?:编号|序号)|有序(?:列表|清单)|(?:按|逐条|逐行|依次|加上?|标上?|编上)(?:编号|序号|号)|编号逐[行条]|序号列表|用数字编号|编了号/;
const bullets = /\bbullet(?:s|ed)?\b|\bdash(?:es)?\b|\bunordered list\b|项目符号|无序列表|圆点/;
const lines =
  /\b(?:one|each|every)(?: \w+){0,2} (?:per|a|to a|on (?:its|a|one)(?: own| separate| new| single)?) line\b|\bline by line\b|\bon (?:separate|individual|consecutive) lines\b|每行(?:写|列)?一个|逐行|一行一个|分行|各占一行/;
const commas = /\bcommas?(?:[- ]separated)?\b|\bseparated by\b|逗号|顿号|分隔/;
const oneLine = /\b(?:one|single|same) line\b|一行/;
const chained = /\[ ?[a-z\d] ?\](?: ?> ?\[ ?[a-z\d] ?\])?|(?:^|[^\w<])[a-c\d] ?> ?[a-c\d]\b/;
const table = /\btables?\b|\bspreadsheet\b|\bcolumns?\b|\bcsv\b|表格|画.{0,4}表|[一张个]表(?!示|明|达)|[左右]栏/;
const plainList = /\blists?\b|\blisting\b|列表|清单|名单|列出/;
const titles = /\btitles?\b|\bnames?\b(?! (?:the|each|all|every))|标题|片名|名称|名字|书名|歌名|剧名/;
const numbers =
  /\bnumbers?\b|\bind(?:ex|ices|exes)\b|\bintegers?\b|\bids?\b|\bidentifiers?\b|\blabels?\b|\bdigits?\b|编号|序号|索引|整数|号码|代号|数字/;
/** Words that speak of numbering, not of what is numbered. */
const numbering =
  /\bnumber(?:ed|ing)\b|\bnumber (?:the (?:lines?|titles?|items?|entries|list)|each|them)\b|\b(?:a|the) number of (?=candidates|titles)|\bwith numbers\b|\bnumbers in front\b|\bcandidates? (?:is|are|has|have|gets?|carr(?:y|ies)|bears?)[^.!?\n]{0,30}|\b(?:is|are|has the|the last is|the first is) number □|编号(?:的)?(?:列表|清单|名单|列出|形式|方式)|带(?:有|上)?(?:编号|序号)|(?:按|逐条|逐行|依次|加上?|标上?|编上)(?:编号|序号|号)|编号逐[行条]|(?:列表|清单)[^。!?\n]{0,6}编号|序号列表|用数字编号|(?:第一个|最后一个)?候选(?:的)?编号(?:从|由|是|为) ?□/g;

/** The answer form that a template with its forms rendered asks for; undefined where none can be read from it. */
export function readAnswerForm(text: string): AnswerForm | undefined {
  const [head, example] = splitExample(text);
  const folded = foldText(head);
  if (prose.test(folded) || grouped.test(folded)) return undefined;
  const most = readMost(folded);
  const common = {
    content: readContent(folded, example),
    reversed: reversedOrder.test(folded),
    ...(most === undefined ? {} : { most }),
  };
  if (example !== undefined && !/\bjson\b/.test(folded)) return { shape: 'example', line: example, ...common };
  if (/\bjson\b/.test(folded) || /\barray\b|数组/.test(folded)) {
    if (!jsonObject.test(folded)) return { shape: 'json-array', ...common };
    const field = readField(head);
    return field === undefined ? undefined : { shape: 'json-object', field, ...common };
  }
  if (/\b(?:xml|yaml|html|latex)\b/.test(folded)) return undefined;
  if (numberedList.test(folded)) return { shape: 'numbered', ...common };
  if (bullets.test(folded)) return { shape: 'bullets', ...common };
  if (table.test(folded)) return { shape: 'table', ...common };
  if (chained.test(folded)) return { shape: 'chain', ...common };
  if (lines.test(folded)) return { shape: 'lines', ...common };
  if (oneLine.test(folded)) return { shape: common.content === 'titles' ? 'commas' : 'chain', ...common };
  if (commas.test(folded)) return { shape: 'commas', ...common };
  return plainList.test(folded) ? { shape: 'numbered', ...common } : undefined;
}

/** The words in front of an example, and its first line with a placeholder. */
function splitExample(text: string): readonly [head: string, line: string | undefined] {
  const all = text.split('\n');
  const at = all.findIndex((line, index) => index > 0 && /<[^<>\n]{1,200}>|\.\.\.|…/.test(line));
  return at < 0 ? [text, undefined] : [all.slice(0, at).join('\n'), all[at]];
}

function readContent(folded: string, example: string | undefined): AnswerForm['content'] {
  const words = folded.replaceAll(numbering, ' ');
  const shown = example === undefined ? '' : foldText(example);
  if (titles.test(words) || titles.test(shown) || /\barray of strings\b|字符串/.test(words)) {
    // "The numbers, not the titles": both are named, so that neither is sure.
    return numbers.test(words) && /\b(?:integers?|not|no) |整数|不/.test(words) ? undefinedWhen(words) : 'titles';
  }
  return numbers.test(words) || chained.test(words) || numbers.test(shown) ? 'numbers' : undefined;
}

/** Of titles and numbers the one that is not denied. */
function undefinedWhen(words: string): AnswerForm['content'] {
  const denied =
    /(?:\b(?:not|no|never|without|instead of|rather than)\b|不|别|勿|而非)[^,.;!?，。；\n]{0,24}?(titles?|names?|numbers?|indices|标题|名称|编号|序号)/.exec(
      words,
    )?.[1];
  if (denied === undefined) return 'titles';
  return titles.test(denied) ? 'numbers' : 'titles';
}

function readField(head: string): string | undefined {
  const named = [...head.matchAll(/["“”'‘’`「『]([A-Za-z_][\w-]{0,40})["“”'‘’`」』]/g)].map((match) => match[1]!);
  if (named.length > 0) return named.length === 1 || new Set(named).size === 1 ? named[0] : undefined;
  return (
    /\b(?:field|key|property)(?: (?:is |that is )?(?:named|called))? ([A-Za-z_]\w{0,40})\b(?<!\b(?:which|that|with|and|is|whose|holds|of|named|called))/.exec(
      head,
    )?.[1] ?? /(?:字段|键|属性)(?:名)?(?:为|是|叫)? ?([A-Za-z_]\w{0,40})/.exec(head)?.[1]
  );
}

function readMost(folded: string): number | undefined {
  const found = limited.exec(folded);
  if (found === null) return undefined;
  const amount = found.slice(1).find((group) => group !== undefined)!;
  return numerals[amount] ?? (/^\d+$/.test(amount) ? Number(amount) : 1);
}
