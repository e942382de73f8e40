/** Words of one meaning in both languages, in the notation of `compilePhrases`, separated by commas. */
export interface Meaning {
  readonly words: string;
  /** Words of the contrary, which point the other way. */
  readonly opposite?: string;
  /** Present in most sentences of the kind, so that it tells little. */
  readonly light?: true;
}

/**
 * What people write prompts about, as far as no concept of the reader stands for it: a stand-in for a real embedder's knowledge
 * of synonyms.
 */
export const meanings: readonly Meaning[] = [
  // Ranking
  {
    words: `order, orders, ordered, ordering, sort, sorts, sorted, sorting, rank, ranks, ranked, ranking, rankings, ranker, arrange*, sequence, sequenced, line up, put, puts, place, places, placed, placing, position*, prioriti*, rerank, organi*, higher, highest,
      排列, 排序, 排出, 排好, 排名, 排定, 排个, 顺序, 次序, 先后, 排, 名次, 排位, 摆放, 安排`,
  },
  {
    words: `best, most suitable, most fitting, most promising, top, strongest, favourite, favorite, from best, 最合适, 最好, 最适合, 最佳, 最优, 最匹配`,
    opposite: `worst, least, bottom, poorest, weakest, reverse*, 最差, 最不, 倒序, 末位, 最坏, 最糟, 反过来`,
  },
  {
    words: `candidate, candidates, option, options, choice, choices, contender*, 候选, 备选, 选项`,
  },
  {
    words: `next, subsequently, coming, upcoming, 接下来, 下一步, 下一个, 下一部, 随后, 下次, 之后会`,
  },
  {
    words: `according, accordingly, base, based, basis, guide, guides, guided, guidance, rely, relies, ground*, go by, use, uses, using, judge by, judging by, decide*, determine*, criterion, yardstick, reference, in line with, by means of, light of, starting point,
      根据, 依据, 按照, 依照, 据此, 以此, 为准, 为据, 参照, 参考, 基于, 凭, 按, 依, 照, 来定, 决定, 准则, 标准, 出发`,
    light: true,
  },
  {
    words: `weight, weigh, weighs, important, importance, above all, heaviest, priority, emphasis, count/counts/matter/matters most, focus*, 看重, 分量, 重要, 权重, 为主, 比重, 首要, 优先, 重视, 侧重`,
  },
  {
    words: `matter, matters, mattered, count, counts, consider*, care, cares, play ~ part, play ~ role, plays ~ part, plays ~ role, account, regard*, 考虑, 在意, 理会, 影响, 顾及, 管`,
    light: true,
  },
  { words: `all, every, everything, each, whole, entire, full, 全部, 所有, 每, 一切, 全, 各个, 各`, light: true },
  {
    words: `only, just, merely, solely, alone, nothing but, exclusively, nothing else, simply, purely, 只, 仅, 只是, 仅仅, 光, 单单, 唯独`,
  },
  // Answering
  {
    words: `write, writes, written, writing, give, gives, giving, answer, answers, reply, replies, respond, response, output, return, returns, report, reports, show, shows, shown, present, presents, provide, provides, state, name, deliver, produce, print, send, submit, supply,
      写, 写出, 写成, 写上, 写下, 给, 给出, 列出, 输出, 作答, 回答, 答案, 答复, 返回, 回复, 报告, 展示, 呈现, 提供, 交出, 回应`,
    light: true,
  },
  {
    words: `list, lists, listed, listing, contain*, hold, holds, include*, consist*, comprise*, made up of, 列, 列在, 列有, 包含, 内容, 含有, 组成, 包括, 内含`,
    light: true,
  },
  { words: `following, below, here, beneath, underneath, 下面, 以下, 如下, 下方, 下列`, light: true },
  // Whose deeds and likings
  { words: `i, me, my, mine, myself, 我, 本人` },
  { words: `you, your, yours, yourself, 你, 您` },
  { words: `person, someone, somebody, individual, one user, 一个人, 个人, 某人, 某个人, 某位, 某一个人` },
  {
    words: `watched, played, heard, bought, listened to, seen, saw, history, record, records, have read, 看过, 玩过, 读过, 听过, 买过, 历史, 记录`,
  },
  { words: `watch, watching, play, read, buy, listen to, hear, should, ought, 看, 玩, 读, 听, 买, 该, 应该, 应当` },
  {
    words: `movie, movies, film, films, cinema, game, games, song, songs, music, book, books, product, products, article, articles, news, works, 电影, 影片, 片子, 游戏, 歌曲, 音乐, 图书, 商品, 新闻, 作品`,
  },
  // What a role can do
  {
    words: `know, knows, known, knowing, knowledge, knowledgeable, familiar, familiarity, understand*, versed, at home, way around, sense, feeling, instinct*, intuition, can tell, tells you, aware, acquainted, grasp*, insight*, comprehend*, expertise,
      了解, 熟悉, 熟知, 清楚, 知道, 懂得, 懂, 明白, 了如指掌, 心中有数, 通晓, 熟稔, 深知, 知晓, 认识`,
    opposite: `ignorant, unfamiliar, unaware, know nothing, know little, 不懂, 不了解, 不熟悉, 一无所知, 不清楚`,
  },
  {
    words: `expert*, specialist*, specialise*, specialize*, connoisseur*, authority, professional, master, skilled, excel*, good at, adept, 专家, 行家, 内行, 高手, 擅长, 善于, 专长, 精于, 拿手`,
  },
  {
    words: `follow, follows, track, tracks, tracking, eye, eyes, attention, monitor*, notice*, observe*, closely, close watch, watchful, keep up with, 关注, 留意, 密切, 留心, 注意, 跟踪, 追踪, 紧盯`,
  },
  { words: `corner*, side, sides, niche*, areas, reaches, recess*, nook*, 角落, 一面, 领域, 方面` },
  {
    words: `large, big, huge, major, vast, sizeable, sizable, large scale, leading, 大型, 庞大, 大规模, 规模`,
    opposite: `small, tiny, 小型, 微型`,
  },
  { words: `recommend*, suggest*, 推荐, 荐` },
  { words: `system, systems, engine, software, machine, machinery, algorithm, tool, 系统, 引擎, 程序, 机器` },
  {
    words: `work, works, working, task, tasks, job, role, act, acts, serve, serves, function*, duty, position as, assistant, 身份, 任务, 负责, 扮演, 担任, 作为, 角色, 工作, 职责, 充当`,
  },
  {
    words: `interest*, attract*, catch*, captur*, draw, draws, appeal*, engag*, grab*, intrigu*, 兴趣, 感兴趣, 吸引, 引起, 引发, 激起, 勾起, 引来`,
  },
  // Ways of thinking
  {
    words: `draft*, sketch*, first/initial/preliminary/rough/provisional version/order/ranking/list, initial, preliminary, rough, tentative, provisional, 拟, 拟出, 草拟, 初步, 初稿, 起草, 草稿, 粗排`,
  },
  {
    words: `correct*, revis*, refin*, fix, fixes, fixed, fixing, improv*, amend*, adjust*, rework*, repair*, 修正, 修改, 改正, 改好, 修订, 调整, 改, 修好, 更正, 完善`,
  },
  {
    words: `compar*, check*, hold/holding/set ~ against, against, contrast*, cross check, review*, 对照, 比对, 比较, 核对, 检查, 对比, 比照`,
  },
  {
    words: `estimat*, judge, judges, judging, assess*, gauge*, evaluat*, work/working out, figure/figuring out, 估计, 估算, 判断, 评估, 预估, 衡量, 推算`,
  },
  { words: `likely, likelihood, probab*, chance, chances, odds, 可能, 可能性, 概率, 几率, 机会, 机率` },
  { words: `reason*, think*, thought, 推理, 思考, 想, 推断` },
  {
    words: `infer*, deduc*, deriv*, conclud*, distil*, summari*, learn, extract*, identif*, 归纳, 总结, 推断, 提炼, 概括, 得出, 推导, 归结`,
  },
  {
    words: `change, changes, changing, changed, shift*, evolve*, evolving, move on, moves on, 变, 变化, 改变, 会变, 转变, 变动`,
    opposite: `stable, constant, steady, unchang*, same as ever, never changes, 稳定, 不变, 一成不变, 恒定`,
  },
  {
    words: `close, closer, closest, closely, closeness, similar*, alike, resembl*, same, match*, like what, 相似, 接近, 相近, 像, 类似, 一致, 吻合, 相像, 契合`,
    opposite: `different, differ, differs, difference*, unlike, dissimilar*, opposite, contrary, distant, 不同, 相反, 差异, 迥异, 不像, 相异, 不一样`,
  },
  { words: `how, degree, extent, level, 程度, 多, 有多, 多么`, light: true },
  { words: `score*, scoring, rate, rates, rating, mark, marks, points, 分, 打分, 评分, 分数, 得分, 计分` },
  { words: `hate*, dislike*, detest*, loathe*, despise*, boring, bored, tired of, 讨厌, 不喜欢, 厌恶, 反感, 无聊` },
];
