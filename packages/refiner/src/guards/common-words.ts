/**
 * Words that prompts for a recommender are made of, and the commonest of all. A text of nothing but these is no copy of a
 * title or of somebody's line, even where a title is made of them.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `a about above according accordingly account across actual actually add after afterwards again against aim all almost alone
  along already also although always am among amount an analyse analyze and another answer answers any anybody anyone anything
  appear appears appreciate approach appropriate are area areas arrange arranged arrangement array as ask asked asking aspect
  assess assign assistant at attend attention attract attracts audience available away back base based basis be bear because become
  been before begin beginning behind being below beneath beside best better between beyond big book books both bottom bring broad
  brief briefly but by call came can cannot candidate candidates capture care careful carefully carry case catch catches
  category certain change changed changes changing character check choice choices choose chooses chose chosen clear clearly
  close closely closer closest collection come comes coming comment comments common compare compared comparison complete
  completely concise concisely conclude consider considered considering consist consult contain contains content correct
  corrected corrections correctly correspond could count counts cover create critic crowd current currently day days deal decide
  decides decreasing deduce deep deeply deliver depend depending depends describe described descending deserve determine determined
  did differ different direct directly discover do does domain done down draft draw draws drawn drop each earlier early easily
  eight either element else end ending ends enjoy enjoyed enjoys enough ensure entire entirely entries entry especially
  estimate estimated etc evaluate even ever every everybody everyone everything exact exactly example examples except expect
  experience expert expertise explain explanation explanations express extent extra eye eyes fact fall fame familiar family
  famous far favor favorite favour favourite feel feels few fewer field fields figure film films final finally find fine finish
  first fit fits fitting five focus follow followed following follows for form format former forth found four frequently from full
  fully further future game games gave gauge general generally get give given gives giving go goes going good got great greatest
  group guess guide guided had half hand happen hard has have having he hear heard held help hence her here hidden high higher
  highest him his history hold holds how however human i idea ideal identify if important in include included including increase
  indeed index individual infer inferred infers information inner input inside instead integer integers interact interest
  interested interesting interests into is issue it item items its itself job json judge judged judging just keep keeping keeps
  key kind kinds knew know knowing knowledge known knows label large largest last late lately later latest latter lay lead least
  leave led left less lesser let level lie life light like liked likelihood likely likes liking line lines link list listed
  listen listened listing lists little live ll long longer look looked looking looks lot love loved low lower made main major majority
  make makes making man manner many mark match matched matches matching matter matters may me mean meaning means measure media
  meet member mention mind mine minor more most mostly mouth move movie movies much multiple music must my myself name named names
  near nearest nearly necessary need needed needs neither never new newest news next nine no nobody none nor not note nothing
  notice now number numbered numbers object objects obscure obvious occur of off offer often ok old older oldest on once one ones
  only open opinion option options or order ordered ordering orders ordinary original other others otherwise ought our out outcome
  output outside over overall overlooked own page pair part particular particularly parts party pass past pay people per perfect
  perhaps person personal personally persons pick picked picks piece place placed places plain platform play played player
  plays please point points popular popularity position positions possible possibly precise precisely prefer preference
  preferences preferred preferring prefers present previous previously priority probability probable probably proceed
  process produce product products profile program proper properly provide public purely purpose put puts putting quality
  question quickly quite rank ranked ranker ranking rankings ranks rate rated rather rating ratings reach read reader reads
  ready real really reason reasoning reasons recall recent recently recommend recommendation recommendations recommended
  recommender recommending recommends record recorded records refer reference refine refined reflect regard regarding
  regardless related relative relevance relevant rely remain remaining remember reply report represent require required
  resemble resembles resemblance respect respond response rest result resulting results return revise revised revision right role room
  row rule same satisfy say saw score scored scores search second see seeing seem seen select selected selection sense sentence
  separate sequence serve service set seven several shall shape share she shift shifts short should show shown shows side similar
  similarities similarity similarly simple simply since single six size small so sole solely some somebody someone something
  sometimes soon sort sorted sorting special specialist specific specifically spot stand stands start started starting state stay
  step steps still straight strictly string strings strong strongest structure style subject such suggest suggestion suit
  suitable suited suits sure system take taken takes taking task taste tastes tell tells ten tend term terms text than that the
  their them themselves then there thereby therefore these they thing things think thinking third this thorough thoroughly
  those though thought thoroughly three through throughout thus time times title titles to today together too took top total
  toward towards track trend trends true try trying turn turns two type types typical under understand understanding unique
  until up upon us use used useful user users uses using usual usually value values various very via view viewed viewer visit vs
  want wanted wants was watch watched watching way ways we week weigh weighing weight weights well were what whatever when where
  whereas whether which whichever while who whole whom whose why wide widely will wise with within without word words work worked
  works world worst would write writing written year years yes yet you your yours yourself zero bought purchased heard knowledgeable
  specialised specialized niche corners corner sequence highest ascending degree line up`.split(/\s+/),
);

/** Chinese characters that prompts for a recommender are made of, and the commonest of all. */
export const commonCharacters: ReadonlySet<string> = new Set(
  `的一是在不了有和人这中大为上个我以要他时来用们到对于出就分可主也能下过子说种面而方后多定行所都与及或等最更很其些全部每各再先又还只请按照
  根据依据排列顺序候选标题编号表喜好偏口味兴趣相似程度接近估计性推理步骤解释文字内容格式写给看电影书籍游戏音乐歌曲新闻商品产听玩读买历史记录择
  评打数名气热门冷众角落专家领域熟悉解荐系统你您它那哪什么样因此然首着得合适放位第唯整组符串象段作答回案简短洁明别余想会没觉从当做被把让比
  前今天年日月里去同起本事情意思道知心自己生活现发成点特非常真正总经已但如果所因跟向见长地方开只将`.replaceAll(
    /\s/g,
    '',
  ),
);
