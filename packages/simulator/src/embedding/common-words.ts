/** English words so common that they tell little of what a sentence is about: general verbs, adverbs, prepositions, quantities. */
const english = `
  able about above accomplish across act actual actually add after afterwards again aim all allow almost along already also although
  always among amount and another any anyone anything appear apply around ask aside available away back bear become before begin
  behind being below beneath beside between beyond both bring build but call can carry case cause certain clear clearly come
  complete concern consist constantly continue could create deal deliver depend describe different do down draw during each early easily either
  else end enough ensure entirely especially even ever every exactly exist expand expect extend extends fact fairly far feel few
  fill final finally find finish first fit form former forward from full fully further general get give go goes going gone good
  greatly hand handle happen hardly have help hence here high how however if imagine in indeed instead intend into involve
  itself just keep kind last late later latter lead least leave lend less let level lie likewise line little live long look lot
  main mainly make manage manner many may maybe mean means meet might mind more moreover most mostly move much must namely near
  nearly necessary need neither never nevertheless new nobody none nor normally nothing now number occur off offer often old
  once one only onto open other others otherwise ought out outside over overall own part particular particularly pass pay people
  perform perhaps pick piece place plain play please plus point possible possibly prepare primarily proceed process properly prove provide
  purely purpose put quite range rather reach ready real really receive regard remain remember require respective respectively
  rest result right run same say second see seek seem select separate set several shall should side simple simply since single
  sit situation so some something sometimes somewhat soon sort speak special specific spend stand start stay step still stop
  strictly such sure take talk task tell tend term than thereby therefore thing third though through throughout thus time to
  today together too total toward towards treat true truly try turn two type under unless until up upon usual usually various
  very via view want way well whatever when whenever where whether which while whole why will wish within without word work
  worth would yet`;

/** The same in Chinese, words and single characters. */
const chinese = `
  请 的 了 着 过 地 得 之 所 者 也 都 又 还 再 就 才 便 即 则 而 且 并 与 和 及 或 但 却 虽 若 如 因 由 从 自 到 至 往 向 朝 于 在
  对 将 把 被 让 使 令 给 为 替 用 拿 除 除了 以外 之外 以内 当中 其中 之中 里 里面 内 外 上 下 前 后 中 间 旁 边 时 时候 时刻 期间
  受 受到 遭 获 获得 得到 取得 有 没 没有 无 非 否 是否 能 能够 可 可以 会 要 需 需要 必 必须 应 应当 该 想 愿 愿意 肯 敢
  什么 怎么 怎样 如何 哪 哪些 哪个 哪类 那 那些 那个 这 这些 这个 这样 那样 它 它们 他 她 其 该 此 各 某 每 另 另外 其他 其它 其余 别的
  一 二 两 三 几 多 少 些 点 个 位 名 种 类 次 遍 份 条 项 件 部 首 本 款 家 张 段 行 组 套
  很 非常 十分 极 极其 最 更 较 比较 太 挺 颇 相当 特别 尤其 格外 完全 彻底 尽 尽量 总 总是 一直 始终 常 常常 经常 往往 时时 随时
  已 已经 曾 曾经 正 正在 刚 仍 仍然 依然 先 首先 再次 然后 接着 随后 最后 最终 起 起来 出 出来 下去 过来 过去 来 去 做 作 作出 做出
  进行 加 加以 予以 给予 成 成为 当 当作 视为 算 属于 处于 位于 具有 具备 拥有 带 带有 放 放在 摆 拿出 拿来 弄 搞 办 干
  情况 方面 方式 方法 形式 问题 事 事情 东西 地方 部分 样 样子 般 等 等等 上述 上面 如此 这么 那么 因此 所以 因为 由于 如果 只要 只有
  同 同样 同时 一同 一起 一并 共 共同 一般 通常 其实 当然 必定 一定 务必 直接 就是 即是 也就是 还是 或者 以及 并且 而且 但是 不过 然而
  分别 依次 逐一 逐个 一个 一种 一下 一些 一样 一遍 一次 之前 之后 以前 以后 以来 左右 上下 高 低 大 小 好 坏 新 旧 快 慢 早 晚
  并按 按照 来说 来看 看来 看看 试 试试 后再 之内 才是 为止 不 别 勿 未 莫 不要 不必 不用 不会 不能`;

/** Words that tell little. */
export const commonWords: ReadonlySet<string> = new Set(
  `${english} ${chinese}`.split(/\s+/).filter((word) => word !== ''),
);
