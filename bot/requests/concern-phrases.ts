import type { Language } from '../language/index.js';

/**
 * Phrases that hold what somebody typed and ask whether a child is at risk of harm (product.md A.2). One row, one thing that
 * is said; `says` is for whoever reads the table and for its test. A phrase list misses things, which is why the notice is
 * always on the card too; half of honest requests hold hard words, which is why a hit asks and never refuses. Texts are
 * matched as concern.ts makes them plain: small letters, no accents, single spaces, straight apostrophes. Pure.
 */
export interface ConcernPhrase {
  readonly id: string;
  readonly language: Language;
  readonly phrase: RegExp;
  /** Something it must hold. */
  readonly says: string;
}

/** Languages whose rows a native speaker of that language has read. Gaelic's has not been: it needs a native check. */
export const checkedLanguages: readonly Language[] = ['en'];

const child = String.raw`(?:him|her|them|me|us|child|children|pupil|boy|girl|wean|weans|bairn|bairns|kid|kids|learner|brother|sister)`;
const adult = String.raw`(?:dad|daddy|dads|mum|mummy|mums|father|mother|step ?dad|step ?mum|stepfather|stepmother|carer|carers|uncle|aunt|auntie|gran|grandad|granda|maw|da|boyfriend|partner|neighbour|teacher|man|woman|adult|parent|parents|foster carer)`;
const hits = String.raw`(?:hit|hits|hitting|beat|beats|beaten|beating|punch(?:es|ed|ing)?|slap(?:s|ped|ping)?|kick(?:s|ed|ing)?|strangl(?:es|ed|ing)|chok(?:es|ed|ing)|burn(?:s|ed|t|ing)?|belt(?:s|ed|ing)?|smack(?:s|ed|ing)?|grab(?:s|bed|bing)?|shak(?:es|ing|en)|shook|attack(?:s|ed|ing)?|skelp(?:s|ed|it|ing)?|leather(?:s|ed|ing)|batter(?:s|ed|ing)?|thump(?:s|ed|ing)?|whip(?:s|ped|ping)?|hurt(?:s|ing)?)`;

const en = (id: string, phrase: RegExp, says: string): ConcernPhrase => ({ id, language: 'en', phrase, says });
const gd = (id: string, phrase: RegExp, says: string): ConcernPhrase => ({ id, language: 'gd', phrase, says });

export const concernPhrases: readonly ConcernPhrase[] = [
  en(
    'adult-hits',
    new RegExp(String.raw`\b${adult}('s)? (?:\w+ ){0,3}${hits} (?:\w+ )?${child}\b`),
    'her dad keeps hitting her',
  ),
  en(
    'hit-by-adult',
    new RegExp(String.raw`\b${hits} (?:\w+ ){0,3}by (?:\w+ ){0,2}${adult}\b`),
    'he was hit at home by his uncle',
  ),
  en(
    'is-hit',
    new RegExp(
      String.raw`\b(?:is|are|was|were|being|been|gets?|got|getting|gettin)\b (?:\w+ ){0,2}(?:hit|beaten|punched|slapped|kicked|strangled|choked|burned|burnt|belted|skelped|leathered|battered|thumped|whipped)\b(?! (?:out|off|up by the news))`,
    ),
    'she is getting skelped',
  ),
  en(
    'hits-at-home',
    new RegExp(String.raw`\b${hits} ${child}\b.{0,40}\b(?:home|house|hoose|weekend|night)\b`),
    'somebody hits him at home',
  ),
  en(
    'child-says-hit',
    new RegExp(String.raw`\b(?:says|said|told|tells|telt)\b.{0,40}\b${hits} (?:him|her|them|me)\b`),
    'told me that he kicks her',
  ),
  en(
    'skelp',
    /\b(?:skelpit|leathered|leatherin|battered|gies? (?:him|her|them) a (?:skelp|hiding|doing|leathering))\b/,
    'gies him a hiding',
  ),
  en(
    'raises-hand',
    /\b(?:raised|raises|lifted|lifts) (?:his|her|their|a) hands? (?:to|at|tae)\b|\b(?:laid|lays|put) (?:his|her|their) hands on\b|\bhands? (?:round|around|roon) (?:his|her|their) (?:neck|throat)\b/,
    'he lifted his hand to her',
  ),
  en(
    'thrown',
    /\b(?:threw|thrown|throws|pushed|shoved|dragged|pinned) (?:him|her|them|me)\b.{0,30}\b(?:wall|stairs|floor|ground|hair|door|down)\b|\b(?:thrown|pushed|shoved|dragged|pinned) (?:against|down|by)\b|\b(?:was|were|been|got) (?:thrown|dragged|pinned)\b/,
    'pushed her down the stairs',
  ),
  en(
    'marks',
    /\b(?:bruis(?:e|es|ed|ing)|black eyes?|cigarette burns?|burn marks?|finger ?marks?|bite ?marks?|marks? (?:on|round|around|roon|all over) (?:his|her|their)|broken (?:arm|rib|ribs|nose|wrist|jaw)|unexplained (?:marks?|injur\w*|burns?|cuts?)|split lip)\b/,
    'there are marks on his neck',
  ),
  en(
    'injury-story',
    /\b(?:story|explanation|account)s? (?:\w+ ){0,3}(?:does ?n.?t|didn.?t|doesnae|keeps|keep|changed|changes|does not|did not) (?:\w+ ){0,2}(?:fit|add up|match|chang\w*)\b|\bflinch(?:es|ed|ing)?\b/,
    'her story about it keeps changing',
  ),
  en(
    'abuse',
    /\b(?:abus(?:e|es|ed|er|ing|ive)|neglect(?:ed|ful|ing)?|molest\w*|rap(?:e|ed|ist|ing)|groom(?:ed|er|ing)|exploit(?:ed|ation|ing|s)?|traffick\w*|assault(?:ed|s|ing)?|incest)\b/,
    'I think she is being groomed',
  ),
  en(
    'sexual',
    /\b(?:sexual(?:ly|ised|ized)?|sex with|indecent\w*|(?:naked|nude|sexual|explicit|topless) (?:photo|picture|image|pic|video)s?|nudes|private parts|privates|inappropriate(?:ly)? touch\w*|porn\w*|sextort\w*)\b/,
    'sent somebody nudes',
  ),
  en(
    'touched',
    new RegExp(String.raw`\b(?:touch(?:es|ed|ing)?|fondl\w+|kiss(?:es|ed|ing)?) (?:him|her|them|me)\b`),
    'he touches her',
  ),
  en(
    'bed',
    /\b(?:comes?|came|gets?|got|climbs?|climbed) in(?:to|tae)? (?:his|her|their|my) (?:bed|bedroom|room)\b/,
    'comes into her room at night',
  ),
  en(
    'older',
    /\b(?:older|adult|grown) (?:man|men|boyfriend|boy ?friend|guy|guys|woman|male|males)\b|\bboyfriend (?:who )?(?:is|'s|aged) (?:1[89]|2\d|3\d)\b|\bmeet(?:s|ing)? (?:up with )?(?:men|strangers|somebody|someone) (?:she|he|they|from|met|off)\b/,
    'has an older boyfriend',
  ),
  en(
    'paid-with',
    /\b(?:gifts?|presents?|new phones?|money|cash|vapes?|trainers) (?:from|aff) (?:men|older|strangers?|somebody|someone|people|adults)\b|\b(?:two|second|burner|new) phones?\b.{0,40}\b(?:won.?t say|no idea|where|who)\b/,
    'money from older people',
  ),
  en(
    'self-harm',
    /\b(?:self[ -]?harm\w*|cut(?:s|ting|tin)? (?:himsel\w*|hersel\w*|themsel\w+|mysel\w*|(?:his|her|their|my) (?:arms?|wrists?|legs?|thighs?))|cuts on (?:his|her|their) (?:arms?|wrists?|legs?|thighs?)|hurting? (?:himsel\w*|hersel\w*|themsel\w+))\b/,
    'she has been cutting herself',
  ),
  en(
    'suicide',
    /\b(?:suicid\w*|kill(?:ing)? (?:himsel\w*|hersel\w*|themsel\w+|mysel\w*)|end(?:ing)? (?:it all|things|(?:his|her|their|my) (?:own )?life)|overdos\w+|(?:wants?|wanted|wish(?:es|ed)?) (?:to die|tae die|(?:he|she|they) (?:was|were|wis) (?:dead|deid))|(?:better|be better) off (?:dead|without (?:him|her|them|me))|no(?:t)? want(?:ing)? to (?:be here|live|wake up)|does ?n.?t want to (?:be here|live|wake up) ?(?:any ?more)?|doesnae want tae be here|took (?:tablets|pills|paracetamol)|taken (?:too many )?(?:tablets|pills|paracetamol))\b/,
    'says he does not want to be here any more',
  ),
  en(
    'eating',
    /\b(?:starv(?:e|ed|es|ing)|no food (?:in|at)|nae food|nothing to eat (?:at|in)|has(?: no|n.?t|nae) eaten (?:since|for|in)|not been fed|no been fed|steal(?:s|ing) food|hunting (?:in|through) bins)\b/,
    'there is nae food in the house',
  ),
  en(
    'alone',
    /\b(?:left|leaves|leaving|home|alane) (?:\w+ ){0,3}(?:alone|on (?:his|her|their) own|hissel|hersel|by (?:himsel\w*|hersel\w*|themsel\w+)) (?:\w+ ){0,3}(?:overnight|at night|all night|all weekend|for days|for the weekend|for hours|in the house)\b|\bleft alone\b|\b(?:locked (?:in|out|up) (?:all|overnight|at home|of the (?:house|hoose))|lock(?:ed|s|ing)? (?:him|her|them|me|the (?:child|children|boy|girl|weans?)) (?:in|out|up))\b/,
    'left on her own all weekend',
  ),
  en(
    'unsafe',
    /\b(?:not safe|no safe|isnae safe|isn.?t safe|unsafe|in danger|at risk|does ?n.?t feel safe|doesnae feel safe|do(?:es)? not feel safe|not feel(?:ing)? safe|no feel(?:ing|in)? safe|worried for (?:his|her|their) safety|fear(?:s|ed|ful)? for (?:his|her|their) (?:life|safety))\b/,
    'he does not feel safe',
  ),
  en(
    'fear-of-home',
    /\b(?:scared|afraid|frightened|feart|feared|terrified|frichtit) (?:of|o|to|tae|at|about) (?:go(?:ing|in)? |gaun |be(?:ing)? )?(?:home|hame|the house|the hoose|(?:his|her|their|my) (?:dad|da|mum|maw|father|mother|step ?dad|uncle|carer|carers|brother|mum's boyfriend))|\b(?:does ?n.?t|doesnae|did ?n.?t|didnae|won.?t|wouldnae|refus(?:es|ed|ing)|beg(?:s|ged)? (?:me |us )?not) (?:want )?(?:to |tae )?(?:go |gaun )(?:home|hame)\b/,
    'she is feart of going hame',
  ),
  en(
    'threat',
    /\b(?:threaten(?:ed|s|ing)?|going|gonnae|gonna|gaunae|wants?) (?:to |tae )?(?:kill|hurt|stab|batter|shoot|do (?:him|her|them) in)\b|\b(?:death threats?|threats? to (?:kill|hurt))\b/,
    'he threatened to kill them',
  ),
  en(
    'weapon',
    /\b(?:knife|knives|blade|machete|weapons?|gun|stabb(?:ed|ing)|stab (?:him|her|them|somebody|someone))\b/,
    'has a knife in his bag',
  ),
  en(
    'missing',
    /\b(?:missing|run away|ran away|running away|run aff|absconded|not come home|did ?n.?t come home|didnae come hame|out all night|oot aw nicht|sleeping (?:outside|in (?:a |the )?(?:car|park|close)))\b.{0,50}\b(?:night|nights|days|home|hame|since|again|last|weekend|police|carer|carers|yesterday)\b|\b(?:missing|run away|ran away|absconded) (?:from|fae) (?:home|hame|care|(?:his|her|their) )|\bsleep(?:s|ing|in)? rough\b/,
    'ran away from his carers last night',
  ),
  en(
    'where-unknown',
    /\b(?:no ?body|nae ?body|no one|carers? (?:do ?n.?t|dinnae|does ?n.?t)) (?:knows?|kens?) where (?:he|she|they)\b/,
    'nobody kens where he is',
  ),
  en(
    'drink-drugs-home',
    new RegExp(
      String.raw`\b${adult}\b(?:'s| is| was| wis)? (?:\w+ ){0,4}(?:drunk|steaming|steamin|blootered|mad wi(?:th)? it|high|using again|on drugs|drinking (?:again|all|every)|passed out|overdosed)\b|\b(?:drugs|needles|dealing|drug den) (?:in|at|fae|from) (?:the|his|her|their) (?:house|hoose|home|flat)\b`,
    ),
    'his mum was steaming when she came for him',
  ),
  en(
    'domestic',
    new RegExp(
      String.raw`\b(?:domestic (?:abuse|violence|incident)s?|violen(?:ce|t) (?:at|in|from) (?:the |his |her |their )?(?:home|house|dad|mum|partner|father|mother)|police (?:were )?(?:called )?(?:to|at) (?:the |his |her |their )(?:house|home|flat)|${adult} (?:\w+ ){0,2}(?:hits|beats|batters|attacked|strangled) (?:his|her|their) (?:mum|maw|mother|dad|partner|wife))\b`,
    ),
    'the police were called to their house',
  ),
  en(
    'county-lines',
    /\b(?:county lines|cuckoo(?:ed|ing)|running drugs|selling drugs|drug (?:runner|running|debt)|dealing for|carrying (?:drugs|packages|parcels) for|made to (?:sell|carry|deal|steal))\b/,
    'made to carry drugs for them',
  ),
  en(
    'forced',
    /\b(?:fgm|female genital mutilation|being cut abroad|forced (?:marriage|to marry)|honou?r[ -]based|taken (?:abroad|overseas|out of the country) to (?:be )?marr\w+|made to marry)\b/,
    'a forced marriage',
  ),
  en(
    'disclosure',
    /\b(?:child protection|disclos(?:ed|ure|ing) (?:to me|something|that|about|abuse|at)|(?:made|making) a disclosure|safeguarding (?:concern|issue|worry|referral))\b/,
    'she made a disclosure today',
  ),
  en(
    'secret',
    /\b(?:told|asked|made|warned) (?:me |him |her |them )?(?:not to|no tae|never to|to never) (?:tell|say|clype)\b|\b(?:keep (?:it |this )?(?:a )?secret|our (?:wee )?secret|(?:for|about|keep|keeping|wee|special) secrets|no(?:t)? allowed to (?:tell|say|talk about))\b/,
    'he was told not to tell anybody',
  ),
  en(
    'unborn-baby',
    /\b(?:shak(?:ing|en|es) (?:the )?baby|baby (?:is|was|has) (?:\w+ )?(?:hurt|bruised|shaken)|pregnant\b.{0,40}\b(?:1[0-5]|her (?:uncle|dad|father|stepdad)|older|won.?t say))/,
    'pregnant and will not say, she is 14',
  ),
  en(
    'dirty',
    /\b(?:same clothes (?:for|all|every)|filthy (?:clothes|house|hoose)|soaked in urine|untreated (?:wound|injur\w+|lice|infection)|infested|living in squalor|no heating (?:or|and) no)\b/,
    'in the same clothes for days',
  ),
  en(
    'adult-then-hit',
    new RegExp(
      String.raw`\b${adult}\b.{0,60}\b(?:hits?|hitting|beats?|beating|punch(?:es|ed|ing)?|slap(?:s|ped|ping)?|smack(?:s|ed|ing)?|kick(?:s|ed|ing)?|chok(?:e|es|ed|ing)|strangl\w+|throttl\w+|throws things|grabs?|burn(?:s|ed|t)|skelp\w*)\b`,
    ),
    'he told me his stepfather grabs him',
  ),
  en(
    'hurts-them',
    /\b(?:hurt(?:s|ing|in)?|harm(?:s|ed|ing)?|throttl\w+|chok(?:e|es|ed|ing)|strangl\w+|smack(?:s|ed|ing)?|skelp\w*) (?:him|her|them|me|us)\b/,
    'somebody at home is hurting him',
  ),
  en('by-the-throat', /\bby (?:the|his|her|their) (?:throat|neck|hair|scruff)\b/, 'grabbed by the throat'),
  en(
    'lip-scratch',
    /\b(?:burst|swollen|cut|split|bleeding) (?:lip|eye|face|nose)\b|\bcovered in (?:scratches|cuts|marks|blood|sores)\b|\b(?:arm|wrist|rib|leg|nose|jaw) (?:is|was|looks) (?:broke|broken)\b.{0,40}\b(?:tale|story|odd|won.?t|says|but)\b/,
    'he has a burst lip',
  ),
  en(
    'will-not-say',
    /\b(?:won.?t|will not|willnae|wouldn.?t|refuses to|cannae|can.?t|does ?n.?t want to) (?:say|tell us|tell me|explain|talk about) (?:how|who|what happened|where)\b/,
    'will not say how',
  ),
  en(
    'scared-of-adult',
    new RegExp(
      String.raw`\b(?:scared|afraid|frightened|feart|terrified|frichtit|wary) o(?:f|') (?:\w+ ){0,3}${adult}\b`,
    ),
    'she is scared of her foster dad',
  ),
  en(
    'not-back',
    /\b(?:make|making|send|sending) (?:me|him|her|them) (?:go |gaun )?(?:back|home|hame)\b|\bhates? (?:going|being|gaun) (?:back )?(?:there|home|hame|at home)\b|\bsleep (?:in|at) (?:the )?school\b/,
    'please do not make me go back',
  ),
  en(
    'goodbye',
    /\b(?:goodbye (?:forever|letter|note|message)|say(?:ing)? goodbye to (?:everyone|everybody|friends)|jump(?:ed|ing)? (?:off|from|in front)|hang(?:ed|ing)? (?:himsel\w*|hersel\w*|themsel\w+|mysel\w*)|(?:better|best) (?:aff |off )?(?:dead|deid)|no point (?:in )?(?:living|being here|going on)|hearing voices|voices (?:telling|tell) )/,
    'he would be better dead',
  ),
  en(
    'harm-others',
    /\b(?:harm|hurt|kill) (?:people|others|somebody|someone|the (?:kids|children|baby|weans)|everyone|everybody)\b|\bdo something to (?:the (?:kids|children|baby|weans)|hersel\w*|himsel\w*|them)\b/,
    'telling him to harm people',
  ),
  en(
    'not-home',
    /\b(?:has ?n.?t|hasnae|has not|have ?n.?t|not|no) been (?:home|hame)\b|\b(?:not|never|nae) (?:come|came|return(?:ed)?|gone) (?:home|hame|back)\b.{0,30}\b(?:night|nights|days|since|yesterday|carer|carers)\b/,
    'she has not been home for two nights',
  ),
  en(
    'online-adult',
    /\b(?:adult|grown[ -]?up|dirty|blue) (?:films?|movies?|videos?|websites?|sites?|pictures?)\b|\b(?:man|men|driver|adult|stranger|strangers|somebody|someone|guy) (?:\w+ ){0,3}(?:messag(?:es|ed|ing)|texts?|texting|following|follows|contact(?:s|ed|ing)|snapchat\w*|phoning|meeting)\b (?:him|her|them)\b/,
    'a taxi driver has been messaging her',
  ),
  en(
    'drink-child',
    /\b(?:vodka|drunk|steaming|high|stoned|cocaine|ketamine|valium|pills|street drugs)\b.{0,25}\b(?:before school|in school|at school|every day|in class|the day|this morning)\b|\bcame (?:in|to school) (?:drunk|steaming|high|stoned)\b|\b(?:dad|mum|da|maw|carer|parent)\b.{0,25}\b(?:turned up|arrived|came) (?:\w+ )?(?:drunk|steaming|high)\b/,
    'drinks vodka before school',
  ),
  en(
    'bare-home',
    /\b(?:no|nae) (?:electric(?:ity)?|heating|gas|hot water|bed|beds)\b|\b(?:is|are|was) ?(?:not|no|n't|nae|nae) coping\b.{0,30}\b(?:kids|children|home|alone|might|said|herself|himself)\b|\b(?:isnae|isn.?t) coping\b.{0,30}\b(?:kids|children|weans|might|said)\b/,
    'there is no electricity',
  ),
  en(
    'sells',
    /\b(?:sell(?:s|ing|in)?|deal(?:s|ing|in)?|carr(?:ies|ying)|holding|runs?|running) (?:drugs|weed|coke|pills|gear|packages|parcels)\b/,
    'selling drugs for her cousin',
  ),
  en(
    'does-to-them',
    /\b(?:hits?|hitting|beats?|beating|punch(?:es|ed|ing)?|slap(?:s|ped|ping)?|kick(?:s|ed|ing)?|nips?|nipping|bites?|biting|slam(?:s|med|ming)?|ti(?:e|es|ed)|tying|drag(?:s|ged|ging)?|whip(?:s|ped|ping)?|twist(?:s|ed|ing)?|pull(?:s|ed|ing)?|scald(?:s|ed|ing)?|drown(?:s|ed|ing)?|smother(?:s|ed|ing)?|poison(?:s|ed|ing)?|tortur(?:e|es|ed|ing)|starv(?:e|es|ed|ing)|punish(?:es|ed|ing)?|bully|bullies|forc(?:e|es|ed|ing)) (?:him|her|them|me|us)\b|\b(?:pull(?:s|ed|ing)|twist(?:s|ed|ing)|slam(?:s|med|ming)|break(?:s|ing)?|broke|bend(?:s|ing)?|crush(?:es|ed)?) (?:his|her|their|my) (?:\w+ )?(?:arms?|hair|fingers?|legs?|head|face|wrists?|hands?|neck)\b/,
    'beat her if she stops',
  ),
  en(
    'tied',
    /\b(?:tied|taped|chained|strapped|handcuffed) (?:\w+ ){0,2}(?:to|up|down)\b|\bstand(?:ing)? outside all\b|\bas (?:a )?punishment\b|\b(?:made|makes|make|forced) (?:to )?(?:him|her|them|me)? ?(?:to )?(?:stand|kneel|sleep|eat|clean|beg|share|strip|undress|watch)\b/,
    'makes her stand outside all night',
  ),
  en(
    'sleeps-where',
    /\bsleep(?:s|ing|in)? (?:on|in) (?:the |a )?(?:kitchen|floor|couch|sofa|bath|shed|garage|car|hall|cupboard|street|park|doorway|same bed)\b|\bshar(?:e|es|ing) (?:a |the )?(?:bed|bedroom|room) with\b|\b(?:lodger|strange men|strangers) (?:in|who|lives|staying)\b/,
    'sleeping on the kitchen floor',
  ),
  en(
    'watched',
    /\b(?:watch(?:es|ed|ing)?|films?|filmed|filming|photograph\w*|spied|spying) (?:him|her|them|me)\b.{0,30}\b(?:shower|bath|bed|bedroom|chang\w+|undress\w*|toilet|sleep\w*|naked)\b|\bstand(?:s|ing)? over (?:his|her|their|my)\b|\bshare (?:photos?|pictures?|pics?|images?|videos?) of (?:him|her|them|me)\b|\b(?:had|having|has) sex\b|\bunderage\b/,
    'watches her in the shower',
  ),
  en('pregnant', /\b(?:pregnant|pregnancy|expecting a baby|missed (?:her|a) period)\b/, 'she thinks she is pregnant'),
  en(
    'body-signs',
    /\b(?:ligature|burns? (?:on|to|mark)|sores?|lice|nappy|nappies|malnourish\w*|underweight|skin and bone|passing out|passed out|faint(?:s|ed|ing) (?:from|with) hunger|stopped eating|throwing up after|makes? (?:himsel\w*|hersel\w*|themsel\w+) sick)\b/,
    'burns on the soles of his feet',
  ),
  en(
    'despair',
    /\b(?:never (?:been )?born|nothing to live for|no(?:thing)? left to live|paracetamol|ibuprofen|how many (?:tablets|pills)|worthless|hates? (?:himsel\w*|hersel\w*|themsel\w+) and|life is(?: no|n.?t| not) worth|can.?t go on|cannae go on|wants? it (?:all )?to (?:stop|end)|dark thoughts|goodbye)\b/,
    'he has nothing to live for',
  ),
  en(
    'will-get-it',
    /\b(?:he|she|they|i) ?(?:'ll|will|wull) (?:get it|get (?:battered|killed|leathered|a (?:doing|hiding))|be (?:killed|battered|hit|punished))\b|\b(?:please )?(?:do ?n.?t|dinnae|do not) (?:phone|tell|call) (?:my|his|her|their) (?:dad|mum|da|maw|carer|carers|parents|uncle)\b/,
    'do not phone my dad because he will get it',
  ),
  en(
    'found-alone',
    /\bfound (?:\w+ ){0,3}(?:alone|wandering|at (?:one|two|three|four|midnight)|in the middle of the night)\b|\b(?:caring|looking) (?:for|after) (?:the |a |his |her |their )?(?:baby|wee (?:brother|sister)|toddler|siblings)(?: \w+){0,3} (?:alone|while|himself|herself)\b|\bgas (?:on|left)\b|\bcould ?n.?t wake\b|\bcould not wake\b/,
    'found alone at three in the morning',
  ),
  en(
    'men-car',
    /\b(?:picked up|collected|met|dropped off|followed|approached) by (?:\w+ ){0,2}(?:men|man|strangers?|adults?|lads|guys?|someone (?:she|he|they) (?:does|did))\b|\b(?:lads|men|boys|people|gang|they|somebody|someone) (?:are|is) (?:after|looking for|waiting for|hunting|threatening) (?:him|her|them|to)?\b/,
    'picked up by three men in a car',
  ),
  en(
    'would-hurt',
    new RegExp(
      String.raw`\b${adult}\b.{0,30}\b(?:would|will|going to|gonnae|said he.?d|said she.?d) (?:\w+ )?(?:break|kill|hurt|batter|hit|smash|burn|drown) (?:him|her|them|his|their|me)\b`,
    ),
    'dad said he would break his legs',
  ),
  en(
    'will-not-get-in',
    /\b(?:will not|won.?t|willnae|refus(?:es|ed|ing) to|too (?:scared|frightened|feart) to) (?:get in(?:to)?|go (?:with|in)|leave with|be alone with)\b.{0,30}\b(?:car|carer|dad|mum|uncle|him|her|them)\b|\bterrified and\b|\bshaking and\b/,
    'will not get in the car with her carer',
  ),
  gd('gd-buail', /\b(?:bhuail|bualadh|buaileadh|ga bhualadh|ga bualadh)\b/, 'tha e ga bhualadh aig an taigh'),
  gd(
    'gd-droch',
    /\b(?:droch[ -]dhiol\w*|mi-ghnathach\w*|ainneart|fo chunnart|ann an cunnart)\b/,
    'tha i ann an cunnart',
  ),
  gd('gd-eagal', /\beagal (?:air|oirre|orra) (?:a )?dhol dhachaigh\b/, 'tha eagal oirre a dhol dhachaigh'),
  gd(
    'gd-beatha',
    /\b(?:fein[ -]mharbhadh|lamh na (?:bheatha|beatha) fhein|cur as d[ha]+ fhein)\b/,
    'bha e a bruidhinn air fein-mharbhadh',
  ),
];
