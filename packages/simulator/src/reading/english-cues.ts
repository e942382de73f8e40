import type { CueGroup } from './concepts.ts';

/** Word sets of the English phrases, by the name that a phrase gives them as `$name`. */
export const englishSets: Readonly<Record<string, string>> = {
  work: 'movie movies film films picture pictures flick flicks game games song songs track tracks tune tunes album albums artist artists book books novel novels story stories article articles headline headlines news product products purchase purchases thing things show shows pick picks one ones work works',
  item: 'movie movies film films picture pictures flick flicks game games song songs track tracks tune tunes album albums artist artists book books novel novels story stories article articles product products purchase purchases thing things show shows pick picks work works title titles item items entry entries',
  seen: 'watched seen saw viewed played heard read bought purchased picked chose chosen finished consumed streamed rated clicked tried enjoyed liked loved used',
  me: 'i me my mine myself user users viewer viewers reader readers listener listeners player players shopper customer customers person he she his her they their them',
  person:
    'person viewer user reader listener player gamer shopper customer client individual man woman human being member visitor soul fan moviegoer filmgoer guest patron friend subscriber reviewer recipient',
  people:
    'people viewers audiences audience crowds crowd public users readers listeners players gamers shoppers customers folks others fans moviegoers filmgoers cinemagoers spectators everyone everybody them masses subscribers visitors consumers buyers',
  list: 'list lists ranking order titles title names name numbers number labels label array json answer result results output indices index ids items lines line sequence',
  write:
    'write give return report show list print output send provide state name reply answer respond include present hand deliver tell submit produce',
  known:
    'know knew knows known seen saw watch watched heard hear notice noticed discovered discover encountered encounter remember remembers mention mentions talk talks talked touched found visited visit read played bothered recall recalls name names',
  refined:
    'corrected final fixed revised improved refined amended adjusted polished finished finalised finalized mended repaired updated definitive resulting end',
  version: 'order version ranking list one result results sequence sorting arrangement outcome answer',
  count: '# two three four five six seven eight nine ten eleven twelve fifteen twenty',
  platform:
    'service services platform platforms site website shop store bookshop bookstore retailer provider portal marketplace company network cinema broadcaster giant outlet catalogue business brand app streamer studio',
};

/** English phrases by what they ask for. */
export const englishCues: readonly CueGroup[] = [
  {
    kind: 'recency',
    strength: 0.6,
    phrases: `most recent*, latest, newest, freshest, very last, just $seen, last/final/past few/couple/two/three/four/five/six/several/handful,
      last night, last week, last month, this week, this month, past days/weeks/months, end/bottom/tail/close of ?the/my $me ?viewing list/history/record/log/sequence/row,
      end/bottom/tail/close of ?the/my list/history/record/log/sequence/row, end of what $me $seen, tail end, came last, come last, near/toward/towards ?the end,
      $seen last, $seen most recently, last/final movies/films/pictures/games/songs/tracks/albums/books/novels/stories/articles/products/purchases/picks/ones/things/items/entries,
      last one/thing/movie/film/game/song/book/item i, last thing/things ?that $me, closest to now/today/present, nearest to now/today, close to the present,
      where i am now, where i am going, where i am heading, where my head is, what i am into now, at this point, not ?so/too long ago, since yesterday, hot off, just now, of the moment, what came after,
      newer the better, more recent, newer, later ones/entries/films/movies/items/picks/titles, past few`,
  },
  {
    kind: 'recency',
    strength: 0.45,
    phrases: `recent*, lately, of late, these days, nowadays, right now, current*, at the moment, at present, presently, today, as of now, in the mood for, fresh`,
  },
  {
    kind: 'recency',
    strength: 0.3,
    phrases: `shift*, evolv*, drift*, moves/moved/moving on, updat*, no longer what, no longer, not what it was, not what they were, used to be, different now, transform*, has/have turned, adapt*, up to date, in flux, swing, swings, swung, veer*, in motion, fluid, moving target, not static, not fixed, fickle, restless, on the move,
      taste/tastes/preference/preferences/mood/moods/interest/interests/liking/likings/appetite ~ chang*, chang* ~ taste/tastes/preference/preferences/mood/moods/interest/interests/liking/likings, keep/keeps chang*, has/have ?been chang*, i chang*, i have chang*,
      chang*/moves/moving/develop* over/with time, mood, moods, momentum, session, phase, streak, trajectory, whim, moved away, grown out, grew out, tired of what, outgrown, turned to, turning point, lately turned, different from before, different from what, latest whim, where my taste is, who i am today, who i am now, new phase, turning toward*`,
  },
  {
    kind: 'recency',
    strength: 0.3,
    phrases: `than ?the/my/any ?much old/older/oldest/earlier/early/previous/former/ancient, than ?the/those ?ones from long ago, than what came before, than what i $seen long ago, than ?the/my past, before the old/older/earlier`,
  },
  {
    kind: 'past',
    strength: 0.45,
    phrases: `old/older/oldest/earlier/earliest/early ?$seen $work/titles/items/entries/picks/history/habits/taste/tastes/preference/preferences/favorites/favourites/favorite/favourite/stuff/material/viewing/choices/interest/interests, the old, the older, the oldest, long ago, year ago, years ago, months ago, ages ago, ancient, way back, distant past, early ones, early entries, start of the/my list, top of the/my list, a while ago, stale, last year, distant past`,
  },
  {
    kind: 'overall',
    strength: 0.55,
    phrases: `everything, entire, entirety, whole, overall, altogether, throughout, all along, from start to finish, from beginning to end, from first to last, from ?the first to ?the last, taken together, as a whole, on the whole,
      lifetime, across the board, old and new, new and old, recent and old, old and recent, older ones too, both old and, big/bigger/broad/broader/full/fuller/wider picture, full/complete/total list/history/record/log/collection/background/catalogue/set/sequence/viewing,
      in total, totality, sum total, all told, every last one, without exception, one and all, all at once, all of it taken, equal weight, same weight, equally, evenly, no matter when, whenever i, all ?of them together, all together`,
  },
  {
    kind: 'overall',
    strength: 0.5,
    phrases: `all/each/every/any ?one ?of my/these/those $work, all ?of the ?news movies/films/pictures/flicks/games/songs/tracks/albums/artists/books/novels/stories/articles/products/purchases/shows/things,
      all ?of the/my/these/those titles/items/entries ?that ?i ?have $me/$seen/above/listed/listened, all ?of the/my titles/items/entries in/on/from my, every/each ?single/last ?and ?every $item ?that $me, every/each ?single/last $item in/on/of/from my/the list/history/record/log,
      all ?that i have $seen/listened, all ?that i/they/he/she $seen/ever/listened, all ?the/my past/previous/earlier/former, all ?of my/the/their/this history, all history, i have ever, i ever, ever $seen, so far, up to now, until now, to date, every one of my/these/those, every/any single one, anything i have, whatever i have $seen, each thing $me, both ends of`,
  },
  {
    kind: 'overall',
    strength: 0.45,
    phrases: `long term, long run, long haul, lasting, longstanding, long standing, lifelong, general, generally, stable, steady, enduring, persistent, constant, constantly, permanent, underlying, deep seated, deep rooted, core taste, over the years, over time, over the course, through the years, across the years, year after year,
      average, on average, balanced, habit*, usual, usually, typical, typically, i have always, i always, by and large, in general, pattern in, common thread, patterns across, recurring`,
  },
  { kind: 'overall', strength: 0.15, phrases: 'listed above, list above, history above, in the list, shown above' },
  {
    kind: 'taste',
    strength: 0.45,
    phrases: `preference*, taste*, liking, likings, favorite*, favourite*, likes and dislikes, likes or dislikes, leaning*, inclination*, predilection*, penchant*, proclivit*, affinit*, my/their/his/her/whose soft spot, sensibilit*, palate, cup of tea, up my street/alley, fondness, passion*, propensit*,
      my likes, their likes, desire*, wishes, appetite, my kind/sort/type of, my style, my thing, what makes me tick, my heart, my profile, personality, relish, taste/tastes/preference/preferences/mood/moods/interest/interests/liking/likings/appetite ~ chang*, chang* ~ taste/tastes/preference/preferences/mood/moods/interest/interests/liking/likings`,
  },
  {
    kind: 'taste',
    strength: 0.35,
    phrases: `prefer, prefers, preferred, enjoy, enjoys, enjoyed, enjoying, love, loves, loved, appreciate*, adore*, cherish*, treasure most, $me ?really/truly/actually/myself/already/most/usually/tend ?to like/likes/liked/value/fancy/favor/favour, appeal* to me/this/that/the/one/a/him/her, speak* to me, drawn to, what i ?usually/normally/tend ?to go for, i ?usually/normally go for, fond of, keen on, partial to, i am into,
      pleas* me, delight*, satisf* me, resonat*, click/clicks with me, tick/ticks my boxes, dear to, care about, like best, like most, like more, like a lot, makes me happy, happiest, happier, happy with, would like, might like, attracts me, attract me, suits me, suit me, fits me, works for me, right up my, is me, care for, cares for, cared for, cares about, wants, hooks me, moves me, touches me, thrills me, to my taste, turns me on, floats my boat, lights me up, i am after, i am looking for, i long for, i crave, i return to, i keep coming back, sit well with me, hold dear, hit the spot, my while, warm to, i fancy, liable to please, please me`,
  },
  {
    kind: 'taste',
    strength: 0.35,
    phrases: `personal, personally, personali*, individual, individually, individuals, one/single/particular/specific/certain/given/lone $person, in front of you, me alone, me only, only me, just me, my own, i myself, me myself, nobody else's, bespoke, tailor*, custom, customi*, someone like me, somebody like me, private, matchmaker, concierge, made for, audience of one, one to one, for one, me and nobody else, me and no one else, somebody in particular, someone in particular, this person, this viewer, this user, this reader`,
  },
  {
    kind: 'taste',
    strength: 0.35,
    phrases: 'interest, interests, interested, intrigues me, interests me, curiosity of one',
  },
  {
    kind: 'taste',
    strength: 0.35,
    phrases: `similar*, resembl*, alike to, how alike, is alike, are alike, much alike, in common, close to, closest to, closer to, nearest to, near to, how near, how close, near it is, close it is, come to what, near to what, akin, kinship, kindred, likeness, overlap*, share* ~ with, comparable, remind* ~ of, reminiscent, parallel*, echo, echoes, in the vein, in the spirit, mirrors what/my, closeness, nearness, proximity, nearer, nearest, nearer to, closely related, shared traits, shares traits, family resemblance, same wavelength, same spirit, match up, related to, much like, same kind, same sort, same type, same vein, distance to, distance from, looks like what, feel/feels like, much alike`,
  },
  {
    kind: 'taste',
    strength: 0.2,
    phrases: `fit, fits, fitting, suit, suits, suited, suiting, sits well, match, matches, matched, matching, agree, agrees, align*, in line with, in tune with, in keeping with, accord with, accords with, go/goes well with, harmon*, compatib*, tally, tallies, coincid*, correspond*, cater*, meets, right for me, in step with, chime/chimes with, gel/gels with`,
  },
  {
    kind: 'taste',
    strength: 0.1,
    phrases: `according to the/my/what/those/these, based on the/my/what/those/these, on the basis of, judging by, going by, in view of`,
  },
  {
    kind: 'popularity',
    strength: 0.6,
    phrases: `popular, popularity, famous, fame, famed, well known, known well, blockbuster*, mainstream, best sell*, bestsell*, best seller*, box office, how widely, widely known/loved/liked/watched/admired/seen/read/played, universally known/loved/liked, renown*, celebrated, celebrity, celebrities, household name*, chart topp*, charts, smash, smashes, star power, stardom, hype, hyped, hyping, buzz, acclaim*, big name*, big names, much talked about,
      everyone/everybody/people/world ?all talk/talks/talked/talking/know/knows about, everyone/everybody/people/world is/are talking about, everyone/everybody knows, talked about, talk of the town, notoriet*, notorious, prominen*, well loved, well liked, crowd pleas*, crowd pull*, mass appeal, broad appeal, wide appeal, most watched/viewed/played/sold/bought/read/streamed/heard/listened/clicked, top selling/grossing/sellers, big sellers, viral, sales, sales figures, how big ?of a/an/it, view counts, viewing figures, number of viewers/views/fans/buyers, reputation*, prestig*, critical reception, name recognition, recogni* everywhere, widespread, iconic, legendary status, established names, publicity, marketing, advertis*, how known, well regarded, crowd favorite*, crowd favourite*, fan favorite*, public favorite*, how many people/viewers/others`,
  },
  {
    kind: 'popularity',
    strength: 0.5,
    phrases: `most people, most folks, most viewers, most users, most others, many people, so many, large numbers, great many, lots of people, everyone, everybody, everyone else, everybody else, crowd, crowds, masses, mass market, public, general public, majority, majorities, audience, audiences, widely, populace, herd, millions, multitude, multitudes, hordes, average viewer/person/user/reader/listener, whole world, rest of the world, world at large, population, broad audience, big audience, wide audience, society, general audience, common taste, collective taste, the many, greatest/largest/biggest/highest/great/large number of $people, greatest/largest/biggest number, anyone/anybody/everyone/everybody ?else ?has/have heard, people at large, consensus, verdict of, wisdom of, swear by, vote of, votes of, most people watch, people in general, people everywhere, majority/people/public/viewers/crowd/everyone/everybody/masses/users/audience/audiences/others ~ like/likes/liked/love/loves/loved/enjoy/enjoys/enjoyed/prefer/prefers/preferred/favor/favour/adore/adores, people go to see, people flock, flock*, other people, others like, others think, others say, others have, others rate, others watch, others do, what people`,
  },
  {
    kind: 'popularity',
    strength: 0.4,
    phrases: `hit, hits, trend, trends, trending, trendy, in demand, in vogue, fashion, fashions, fashionable, all the rage, hot, hottest, sought after, flavour of the month, flavor of the month, craze, crazes, sensation*, phenomen*, top ten, top of the charts, sells, sell out, selling, tickets, ticket sales, bigger the audience`,
  },
  {
    kind: 'popularity',
    strength: 0.35,
    phrases: `$people ~ find/finds ?most ?more interesting/irresistible/intriguing/exciting/appealing/fascinating, $people excited/hooked/curious/interested/glued/intrigued/hungry, interesting to/for $people, $people ~ resist/crave/craves/flock/buzz/clicking, $people ~ talking about, $people ~ stop talking/watching/reading, $people ~ want/wants/long/longs/itch/eager to, turn/turns/turning heads, pack/packs/packing/fill/fills the theatres/theaters/cinemas/houses/seats, queue/queues/queuing, lining up, line up for, people interest*, people attention, people eye*, people fancy, people imagination, people curiosity, people gaze, people notice, public imagination, public eye,
      catch*/grab*/attract*/captur*/draw*/hook*/seiz*/arrest*/captivat*/fascinat*/excit*/entic*/intrigu*/lur*/engag*/grip*/charm*/enthral*/win/wins/pull*/hold/holds/command* ~ eye/eyes/attention/interest/imagination/imaginations/curiosity/gaze/notice/$people, turn* heads, head turn*, catch/catches on, attention grab*, eye catch*, eyecatch*, catchy, crave attention, irresistib*, stop scroll*, appeal* to people/viewers/audiences/many/others, people ~ want to, gets people, get people, pull in, pulls in, makes people, make people, make viewers, makes viewers, spark* ~ interest/curiosity, stir* ~ interest/curiosity, pique* ~ interest/curiosity, arouse* ~ interest/curiosity, people sit up, sit up and, stand* out, magnet*, click worthy, clickbait, allur*, hooks`,
  },
  {
    kind: 'popularity',
    strength: 0.2,
    phrases: `recommender*, recommendation*, recommending, $platform that recommends, system that recommends, engine that recommends, suggestion*, suggest* to/for/what, that suggests, which suggests, algorithm, algorithms, large/larger/largest/big/bigger/biggest/major/leading/huge/giant/gigantic/massive/vast/enormous/sizeable/sizable/top/busy/global/worldwide/international/great ?online/digital/subscription/commercial ?film/movie/video/music/media/news/book/game/gaming/streaming/shopping/entertainment ?streaming ?on ?demand $platform, streaming $platform, feed of, home page, homepage, home screen, millions of users/subscribers/customers/members/viewers/accounts, many subscribers/users/customers/members, subscribers, user base, customer base, personalization engine, picks what to show, decides what to show, what to show, for you row, for you page, shop window, storefront, serve/serving/serves millions, serve/serving/serves ~ subscribers/members/customers/users`,
  },
  {
    kind: 'niche',
    strength: 0.5,
    phrases: `lesser known, less known, little known, a little known, least known, hardly known, barely known, scarcely known, not well known, not widely known, not so well known, less well known, unknown, unknowns, hidden, gem, gems, obscure, obscurity, obscurities, niche, niches, rare, rarer, rarity, rarities, corner, corners, cult, unusual, overlooked, underrated, under appreciated, that no distributor, no distributor, underappreciated, underseen, unsung, neglected, forgotten, off the beaten, beaten track, beaten path, arthouse, art house, indie, indies, independent film/films/cinema/movies/games/music, underground, fringe, fringes, esoteric, arcane, nooks, crannies, deep cut*, sleeper, sleepers, undiscovered, unexplored,
      few ?other ?people/viewers/others/fans/critics/moviegoers ?have/has/can/could/will ?ever ?even $known, few ?people/viewers/others ?have/has come across, few ?people/viewers/others bother, nobody/anyone/anybody ?else ?has/have come across, no one ?else ?has/have come across, nobody ?else ?has/have/can ?ever $known, no one ?else ?has/have/can ?ever $known, hardly/scarcely/barely/almost/nearly anyone/anybody/nobody/no ?one ?else ?has/have/can ?ever $known/come, most ?people/viewers/others/critics ?have/has ?never/not missed/overlook/overlooked/ignore/skip/skipped/forgot/forgotten, passed by, slipped through, slipped past ?nearly/almost ?everyone/everybody/most, slipped by, nearly everyone, almost everyone, fell through the cracks, vault, vaults, archives, back alleys, fringes, unfashionable, festival darlings, festival, long forgotten, lost films, lost films, B movies, avant garde, experimental, foreign language, world cinema, unusual fare, quirky, eccentric, strange, peculiar, not so famous, not so popular, below the surface, beneath the surface, out of print, dark corners, lesser, minor, marginal, hard to find, seldom, rarely, cult favorite*/favourite*/classic*, never heard of, no one has heard of, out of the way, under the radar, buried, treasures, buried treasure*, less travelled, less traveled, recondite, offbeat, off beat, less famous, less popular, less obvious, least famous, least popular, back catalogue, back catalog, margins, sidelines, away from the spotlight, outside the spotlight, away from the mainstream, outside the mainstream, beyond the mainstream, beyond the usual, beyond the obvious, beyond the famous, beyond the hits, beyond the big, beyond the well known, beyond the blockbusters, eclectic, curiosities, unfamiliar, minor works, unheralded, unfashionable, seldom seen, rarely seen, rarely shown, rarely discussed, seldom shown, dark horse*, remote, byway*, backwater*, dusty, secret, secrets, outsider*, oddities, oddity, uncharted, unpopular, not famous, not popular, non mainstream, most people miss, most people have never, most people do not know, most viewers miss, most never, people overlook, others overlook, others miss`,
  },
  {
    kind: 'niche',
    strength: 0.4,
    phrases: `expert, experts, expertise, specialist*, connoisseur*, critic, critics, scholar, scholars, scholarly, cinephile*, bibliophile*, audiophile*, aficionado*, buff, buffs, authority on, authority in, leading authority, historian*, archivist*, guru, maven, savant, professor*, nerd, geek, walking encyclop*, years studying, decades studying, years of study, life studying, lifelong student, veteran, past master, academic`,
  },
  {
    kind: 'niche',
    strength: 0.1,
    phrases: `encyclop*, master of, steeped in, well versed, deeply versed, versed in, seasoned, old hand, inside out, back to front, like the back of, know it all`,
  },
  {
    kind: 'deliberation',
    strength: 0.5,
    phrases: `step by step, one step at a time, stepwise, by steps, in steps, in small steps, think/thinking ?it/this/that/things/everything ?all through, think/thinking ?about ?it/this ?very carefully/hard/deeply/twice/slowly/aloud/thoroughly, thinking aloud, aloud, out loud, chain of thought, bit by bit, piece by piece, in stages, stage by stage, point by point, take your time, take time, do not rush, without rushing, without haste, methodical*, systematic*, slowly, carefully, careful, thorough*, talk/talking ?me through, walk/walking ?me ?us through, show your work*, show your reasoning, show your thinking, show how you, spell out, in detail, painstaking*, meticulous*, lay out your, train of thought, line of thought`,
  },
  {
    kind: 'deliberation',
    strength: 0.4,
    phrases: `think, thinks, thinking, reason, reasons, reasoning, reasoned, deduc*, infer, inferring, inferred, infers, inference*, analy*, examin*, reflect, reflecting, reflection, deliberat*, work/working/worked ?it ?them out, work out, figure/figuring/figured ?it ?them out, determin*, deriv*, ponder*, contemplat*, conclud*, conclusion*, summari*, distil*, reconstruct*, make/making/made out, find/finding out, piece ~ together, piecing ~ together, puzzle out, study, studying, identify my/what/the/which, put/putting together, profile of, portrait of, picture of my/what/the, understand my/what/me/which/why, understanding of my/what, learn what, learn from, get a sense, get an idea, form a picture, draw up, sum up, characteri*, extract*, gather from, gather what, reveals what, show/shows/tell/tells you what i like/love/enjoy/prefer/want, see what i like/love/enjoy/prefer, get to know, getting to know, read between, work back, glean*, discern*, detect*, boil down, sketch my, sketch a profile, build a profile, describe my, describe what, pin down, tease out, explain, explains, explaining, explanation*, justif*, rationale*, argument*, give reasons, tell me why, say why, why you, argue*, motivat*, mull over, weigh the evidence, logic, talk me through, tell me how you, trace*, unpack*, dissect*, break it down, break down, consider one by one, meditat*, cogitat*, muse, brainstorm*, digest, read my history, read through my, pore over, go over my, look through, comb through, sift*, survey*`,
  },
  {
    kind: 'deliberation',
    strength: 0.25,
    phrases: `draft*, correct, corrected, correcting, corrections, correction, refin*, revis*, double check*, recheck*, reconsider*, check, checks, checked, checking, verif*, review, reviews, reviewing, rework*, amend*, adjust*, fix, fixes, fixing, tweak*, polish*, second look, second pass, second thought*, first pass, first attempt, first version, first ordering, first ranking, first sorting, first try, first guess, first cut, iterat*, provisional*, tentative*, rough, roughly sort*, preliminary, go back over, go over it, look again, look back, mend*, improv*, repair*, rearrang*, reorder*, mistake*, error*, flaws, slips, initial, initially, cross check*, sanity check*, inspect, scrutini*, hold it against, hold it up against, contrast it, set right, put right, trial, second go, tidy up, touch up, rerank, re rank, re sort, resort, fine tune, patch, critique, proofread, settle on, first stab, stab at, hold/holding ~ up to, hold/holding/test/testing/check/checking/weigh/weighing/set/put ~ against, test that, test it, tests, looks/look/seems/seem/is/are wrong/off/odd/amiss, out of place, test run, dry run, rethink, second guess, do it again, try again, swap what, clash*, mismatch*, conflict*, contradict*, inconsisten*, squares with, square with, have a go, having a go, put ~ right, set ~ right, change what, changing what, alter what, alter where, change where, change whatever, changes where, whether it holds, whether it works, move what, redo, remedy, fix up, clean up, corrected, test it against, put it to the test, compare it with, compare that with, compare this with, set it beside, set it against, measure it against, challenge it, iron out, straighten out, rectif*, once more, retouch*`,
  },
  {
    kind: 'deliberation',
    strength: 0.2,
    phrases: `estimat*, judge/judging each/every/them/one, assess*, weigh up, weigh/weighing each/every, one by one, one ?$item at a time, in turn, gaug*, evaluat*, calculat*, comput*, how likely, how probable, how plausible, likelihood*, probab*, odds, chance, chances, plausib*, inclined, tempted, expect*, appraise*, predict*, guess*, forecast*, quantif*, size up, probable, bet, bets, how sure, how confident, ask yourself, ask whether, would i`,
  },
  {
    kind: 'deliberation',
    strength: 0.25,
    phrases: `score, scores, scoring, scored, rate, rates, rating, ratings, grade, grades, grading, mark, marks, points, out of ten, out of 10, out of 100, from 0 to 10, from 0 to 100, from 1 to 100, percentage, percent, measure how, measuring how, tally up, numeric value, put/putting/assign/assigning/give/giving a/each/every/it ~ number/value/figure, number on, award points, ten point scale, on a scale, scale of, scale from`,
  },
  {
    kind: 'deliberation',
    strength: 0.15,
    phrases: `^first, ^firstly, ^begin, ^start, begin by, start by, to begin with, to start with, first of all, before you, before ranking, before sorting, before ordering, only then, only afterwards, afterwards, after that, once you have, once that is`,
  },
  {
    kind: 'brevity',
    strength: 0.5,
    phrases: `brief, briefly, brevity, short, shortly, shorter, concise*, terse*, succinct*, compact, compactly, laconic*, to the point, few words, fewest words, keep ?it ?your ?the ?answer ?reply ?response tiny/tight/lean/minimal/small/simple/crisp, tiny, minimal*, minimum, as little as possible, as little text, cut to the chase, get to the point, straight to the point, pithy, crisp, snappy, curt, no nonsense, in a nutshell, bare bones, bare, economical, sparing, lean, tight, clipped, telegraphic, streamlined, stripped down, waste no words, snap, quick answer, bite sized, low on words, keep words`,
  },
  {
    kind: 'brevity',
    strength: 0.4,
    phrases: `only/just/merely/solely/simply/exclusively ?$write ?me ?with ?back ?as ?in ?the/a/an/its/your/those ?$count ?plain/numbered/bare/final/ordered/ranked/sorted/json/bracketed/candidate $list, nothing but/except/besides ?a/the/an/its/your/those ?$count ?plain/numbered/bare/ordered/ranked/json/bracketed $list, $write only, $list only, $list alone, whole/entire/complete answer/reply/response/output must/should, stop there, leave it at that, only $write, only the bracketed, only the ?$count $list, just the ?$count $list, just the bare, nothing else, nothing more, nothing further, nothing beyond, nothing around, nothing besides, nothing in addition, not one syllable, not a syllable, nothing before or after, nothing in front, and no more, and that is all, that is all, that is it, directly, straight away, straightaway, straight off, right away, immediately, at once, without further ado, without more ado, without delay, no more than that, not a word more, no longer than, not one word, not a single word, no frills, without frills, skip straight, go straight, plain list, parse*, parser, program reads, my program, my script, machine reads`,
  },
  {
    kind: 'words',
    strength: 0.4,
    phrases: `other/extra/additional/further/surrounding/unnecessary/needless/superfluous/idle/accompanying/introductory/added/more/explanatory/closing word/words/text/prose/remarks/content/material/sentences/sentence/wording/comments/commentary/lines/talk/information/output, words around, text around, commentar*, comment, comments, remark, remarks, note, notes, preamble*, intro, intros, introduction*, introductory, outro, chatter, chat, chitchat, chit chat, small talk, prose, pleasantries, greeting*, filler, fluff, padding, verbiage, waffle, waffling, rambling, ramble*, elaborat*, discussion*, discuss, digression*, wordy, wordiness, verbose, verbosity, long winded, anything/everything else, anything beyond/besides/other/more, intermediate steps, intermediate work*, in between steps, annotation*, footnote*, decoration*, markdown, asides, aside from it, extras, talk, ado, frills, waste ?any ?no words, chatting, closing words, any words, sentences, sentence, essay, essays, lecture, lectures, digress*, monologue, backstory, details, description, descriptions, explanatory, any text, paragraphs, embellish*, justification*`,
  },
  {
    kind: 'explicitness',
    strength: 0.4,
    phrases: `exactly/precisely/strictly/literally/faithfully/rigidly ?in/like/as/this/these/the/follow/following, exact/precise/strict/identical format/form/shape/layout/template/structure/pattern/style/way, to the letter, adhere*, stick to/with this/the/that, conform*, follow/following/copy/copying/use/using/keep/match/matching/mimic/mimicking/imitate/reproduce ?to ?exactly/precisely/strictly this/the/that ?exact/same/given/following/precise ?output/answer template/layout/format/shape/pattern/model/structure/form/example/scheme/style/mould/mold, word for word, no deviation*, without deviat*, do not deviate, verbatim, line for line, down to the last, to a tee, by the book, mirror/mirroring ?exactly this/the, without any change*, without change*, no changes, as shown, as given, as printed, faithful, unaltered, unchanged, identical, in exactly this`,
  },
  {
    kind: 'explicitness',
    strength: 0.35,
    phrases: `example, examples, template*, layout*, shape, shaped, like this, like so, looks like, look like, as follows, in the form, in this form, of the form, format, formatted, as below, shown below, below, following form/way/manner/structure/format/layout/shape, this way, this manner, this style, this structure, eg, for instance, such as, sample, samples, skeleton, schema, mould, mold, model answer, pattern below, blueprint, ie, chained, strung together, joined by, separated by, in the style, outline, follow/following/copy/copying/use/using/keep/match/matching/mimic/imitate/reproduce ?to ?exactly/precisely/strictly this/the/that ?exact/same/given/following/precise ?output/answer template/layout/format/shape/pattern/model/structure/form/example/scheme/style/mould/mold, exact/precise/strict/identical format/form/shape/layout/template/structure/pattern/style/way, stick to/with this/the/that ?exact/same/following format/form/shape/layout/template/structure/pattern`,
  },
  {
    kind: 'explicitness',
    strength: 0.15,
    phrases: `numbered, number the/your/each/them/every/all, 1 to #, 1 through #, from 1, ordered list, enumerat*, one per line, one ?$item/name per line, one a line, ?a line each, each on its own line, separate line*, own line, single line, one line, json, array, brackets, double quoted, quotation marks, square brackets`,
  },
  {
    kind: 'explicitness',
    strength: 0.15,
    phrases: `all ?of ?the/these/those $count, all ?of ?the/these candidates/titles/numbers/options/items/names, ?the/your/these/those/just/only $count ?candidate ?movie/film titles/names/labels/items/numbers/indices/candidates/options/movies/films/lines/games/songs/books/products/articles/stories/entries/integers/picks, exactly once, each once, once each, just once, leave none out, leave nothing out, none missing, list/include/show/write/give/name every/each, complete ranking`,
  },
  {
    kind: 'nothing',
    strength: 1,
    phrases: `most/best/top to/from least suitable, most suitable, least suitable, more suitable, most to least, best to worst, from best, best first, most fitting, best fitting, best fit, best match, best matches, best matching first, favorite/favourite to least favorite/favourite, from favorite/favourite, least favorite/favourite, most preferred, least preferred, in order of preference, order of preference, most liked, least liked, most promising, most interesting, whole answer/text/reply/response/thing, entire answer/text/reply/response/output, entire ranking, whole ranking, number # to/through, short stor*, short film*, short list*, short listed, first to last, top to bottom, in terms of, last title, the last title, personal computer, in the corner, in general ?terms, as well as, at the top,
      $refined ?$version ?only/alone, only/just ?$write ?me ?the/that/your/a $refined ?$version, $write ?me ?only/just/nothing ?but ?the/that/your/a $refined ?$version, nothing but/except/else ?than ?the/that/your/a $refined ?$version,
      think ?solely/only/just/first/mainly of/about me, think of yourself, think of it, the favourite/favorite/favourites first/leading/on/at/in/coming, favourite/favorite first, think highly, think higher, think well of, think much of, oldest to ?the newest/latest/most, from ?the oldest, newest to ?the oldest, popular with me, famous last words, over the last few, for that reason, check mark, on the other hand, last place, right hand, so that, many as, good chance, look like a, a lot of, current candidate*, new line, line by line, at once if, fit in, fit on, how many, for example`,
  },
  {
    kind: 'json',
    strength: 1,
    phrases: `json, array ?of strings/titles/names/text/numbers/integers/indices, string array, array literal, python list, javascript array, list literal, square brackets, machine readable, list of strings, list of quoted, array, json parse, comma separated, separated by commas, double quoted, in double quotes, in quotes, quotation marks, quoted strings/names/titles`,
  },
  {
    kind: 'object',
    strength: 1,
    phrases: 'json object, object with, object whose, object that, object containing, dictionary, key value, object',
  },
  {
    kind: 'indices',
    strength: 0.6,
    phrases: `number/numbers of ?all ?the ?these ?$count ?only candidate*/options/option/items/titles/movies/films/choices, number/numbers only, only ?the/their numbers, just ?the/their numbers, by ?their/its number/numbers/index/label/labels/letter/letters, use ?the/their numbers, candidate number/numbers, their numbers, its number, item numbers, numbers in brackets, bracketed numbers/number/label/labels/letters/indices/ids, ?the/by/with/their/$count/all/bracketed/only labels, label of, labels of, indices, index of, indexes, index, identifier*, ids, id numbers, id of, letters of, ?the/their/only/just letters, integers, numbers ?instead/rather, numbers not, numbers ?all ?on ?in a/one/single line, numbers separated, reference numbers, numeric labels, position numbers, line of numbers, list of numbers, sequence of numbers, greater than, tags in brackets, numbers from best, numbers best first, the numbers`,
  },
  {
    kind: 'titles',
    strength: 0.6,
    phrases: `title, titles, name, names, titles of, in full`,
  },
  {
    kind: 'numbered',
    strength: 1,
    phrases: `numbered ?list/lines/items/titles/answer/output/names, number the/your/each/them/every/all, 1 to #, from 1 to, ordered list, enumerat*, one per line, one ?$item/name per line, one a line, each on its own line, list`,
  },
];
