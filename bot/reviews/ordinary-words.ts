/**
 * Words of ordinary letters, meetings and school life. A word that stands here is not taken for a misspelt name; one that is
 * also a name ("Rose", "Mark", "Hill") is taken for it only where it is written as one (draft-check.ts). Folded, three letters or more.
 */
export const ordinaryWords: ReadonlySet<string> = new Set(
  `
    abbot about above absence absent absolute academy accents accept accepted accepts access accessibility
    accommodation accounts accuracy ace ache achieving acked across act acted acting action actions active
    activities activity actor acts actually add added additional address addresses adds admin administrator adopted
    adopters advice advisory after aftercare afternoon afterwards again against age aged agency agenda agent agents
    agentsplayground agree agreed agreement aim aims airy alas ale alert alerts alike all allocation allow allowed
    allows ally alone already also alternative although alto always ambiguous among analysers analysis anchor
    anchors and anew annexe anniversary announced annual another answer answered answers ant any anybody anyone
    anything ape apologies app appeal appears applicable application applications applies apply appointment approach
    approval approved april apt arch archive archived are arguments arising arm around arrangement arrive arrives
    arrows art ash ask asked asker asks assembled assert assessment assign assigned assignment associated assurance
    attached attack attainment attend attendance attendee attendees attending audience audit audited august aunt
    auth authentication author authorisation authorise authorities authority automatic automatically autumn
    availability available avenue avoid avoids award awards away awe back background bad bag bait baker bald balm
    ban band bank banks bar bare bark barn barrels base basic basis bat batch batched bath bay beam bean beats
    because become becomes bed bee beef been before begin behaviour behind being bell below belt bend beside best
    bet better between beyond bid big bike bill bind birth biscuits bishop bite black blank blind block blocked
    blocking blocks blog blow blue board boast boat bodies body boil boilerplate bolt bomb bond booked booking
    bookings booted both bound bounded bow bowl box brae branch bread break breaks bridge bring broken broker brook
    brother brothers brow brown browser budget bug build builders building builds built bulk bump bundle burn bus
    buses bush business busy but button buttons buzz bypass cab cage calendar calendars calf call called caller
    callgrind calls calm came camera camp campus can cancelled cane cannot canteen cap capacity cape capture card
    cards care cared career careers carer carers carp carried carries carry cart carter case cases cash catalogue
    catch catches category caught cave ceased ceiling cell census central centre certain certificate chain chair
    chance change changed changes changing channel channels chaos character characters charged charm chart chat
    chats check checked checker checkers checking checklist checkout checks chef chew child children chin chip
    choice choices choose chose chosen christmas circumstance circumstances civil clad claim claimed claims clan
    clap clash class classes classic claw clean cleanly clear client clients clip clock clocks close closed closes
    closing closure closures clue cluster clustered clusters coach coal coat code codes coffee coil cold collected
    college colours column columns comb come comes coming command commands commenced commencement comment comments
    committed committee common community compare comparison comparisons complaints complete completion component
    components compose composition compulsory compute computed computing concern condition cone conference confirm
    confirmations confirmed conflict connect connection connections consensus consent consents console constant
    constants constraint constraints consult contact contain container contains content context contexts continued
    contract contracts contrast control controls convened convener convenient conversation conversations cook cooper
    cooperating coordinator cope copied copies copy cord cork corn corporate correct corrected corridor cost costs
    cot could council councils count counted counts course courses court cousin cove cover covered covers cow crab
    crane create created creates credential credentials creek crescent criminal criteria crop crosses crow cue cup
    current custom cut cycles dad daily daisy damp dare dark dash dashboard dashboards data date dated dates dawn
    day days dead deadline deadlines deaf dean dear death december decide decides deciding decision deck declared
    declares decline declined deep deer default defaults defined defines definition definitions delay delayed
    delegated delegates delete deleted delighted delivered delivery delta den dependencies dependency deploy
    deprecated depute derived description design designated desk desktop destination destinations destroy details
    deterministic developer developers development diagnosis dial dialling dialog dialogs did died diet differ
    differences differencing different differs diffs dig digit digital digits dip direction directly directory dirt
    disabled disagree discarded disclosing disclosure discovery discuss discussion dish disk distance distinct
    distribute distributed distribution disturbance dive dock document documentation documented documents does doesn
    dog doing doll don done door dose dot double down draft drag drama drawn drive drop dropped dropping drops drug
    drum dry due duke duplicate duplicated durable during duties duty each ear earl earlier early ease east easter
    easy economics edge edit editing education educational effect effects eight either eligible else elsewhere email
    embedded emergency empty encrypted end ended endorsement ends enforced engine engines english enough entitled
    entrance entries entry environment equal erase erasure error errors escalate escaped ethnicity evaluation
    evaluator evaluators even evening event events ever every everybody everyone everything everywhere evidence
    exact exactly exam example exams except exception exceptions exclusion exclusions exemption exist exists exit
    exited exits expand expect expected experience experienced expert expired expiry explain explained explicit
    export exported exports express extended extension extensions external extra extract extracts eye fact factors
    facts fade fail failed failing fails failure faith fall fallback falls false fame family fan far fault fear
    feature features february fed feed feedback fencing few fewer field fields fig figure figures file files fill
    filter filters fin final find finding finds fine finish finished fire firmware first fish fisher fist fit fits
    five fix fixed flap flat float floor flow flu foam foil fold folded folder folders folk follow followed follows
    for forbid force forced ford foreign forename form format formats forms fort fortnight forwarded foster found
    four fox frame frank free french frequency fresh friday friend frog from front fry fuel full fun function fund
    further gaelic gain game games gang gap gardens gas gave gear general generally generated generator geography
    german get gets gift give given gives giving glad glance glass global glow glue goal goals goat goes gold golden
    gone good goose got gown grace gran grandad grant granted grape grateful gray great green grey grip group groups
    grove grow guard guarded guess guessed guest guests guidance guide gulf gum gun guy gym habit had hair half hall
    ham hand handed handle hands hang hangs happen happened happening happens hard harm harp has hat have hawk hay
    hazel head heading heads heal health healthy hearing hearings hears heat heather heel held hello help helper
    herb here hidden hides high highest highs hike hill hint hip hire history hit hold holds holiday holidays holly
    home honour hope hosted hot hour hours house how hug huge human hundreds hunt hunter hurt hut ice idea identical
    identifier identities identity ignore ignored ignores immediate impact improvement inch incident incl include
    included including incomplete independent index indicator indicators inference inflating info information inject
    ink inner input inside instant instead instruction instructions interim interleaved interval intervals
    intervention interventions into investigation invitation invitations invite invited invites inviting iris iron
    issue issues item items its itself ivy jack january jasmine job join joining joint joy judged july june just
    keep keeping keeps kept key keyboard kind kindly kinds king kinship knew know knowing knowledge known knows
    label labelled labelling labels lacks ladder laid lake land lands lane lanes language languages laptop large
    larger last late later latest law lawful layers layout lead leader leading league leak learn learner learners
    learning learns lease leases least leave leavers leaves leaving left legacy legal legislation length let letter
    level levels life lifelong lift light like likely likewise lily limit limited limits line lines link linkage
    linked linking links list listed listen listens lists literacy literal literals little live lived lives living
    load loaded loading loads loan local location lock lodge lone long longer look looked lookup loses loss lost
    love low lower lunch machine machines made magnitude mail mailbox mailboxes main make makes managed management
    manager mandatory mane manual many map mapping maps march mark marked marker marks marsh mason match matched
    matching material maths matter matters max maximum may mean meaning means measure measured measures measuring
    median medians meet meeting meetings member members membership mention mentions menu merge message messages met
    midday middle middleware mild mile milk mill miller million mind mine minimal minimum mint minute minutes
    mismatch miss missed missing mist mobile model modern monday money month monthly months mood moon moor more
    morning moss most mounted move moved moves moving multiple mum music must mute name named names naming national
    near nearest neat necessary neck need needed needs neither nest network never new newer newest newly news next
    nice night nine noble nobody noise noisy none noon nor normal normally north nose not note notes nothing notice
    notification notifications notified noun nouns november now number numbered numbers numeracy numerical nurse
    nursery nurtured oak oat oclock october odd off offer offers office officer officers official offline offset
    often oid oil okay old older once one ones online only onto open opening openings opens operations option
    optional options oral orange orchestrator order ordinary organ organiser origin origins other others otherwise
    our ours out outbound outcome outline outlook output outreach outside outwith oven over overdue overload own
    owner ownership owns pace pack page pages paging paid pain paint pair paired pairs pairwise pale palm pan pane
    panel paper papers parameter parameters parent parental parents parish park parking part partly parts party pass
    passed passes passing password past pasta pat path paths pattern patterns pay peace pear peer peers pen pencil
    people per performance period permanence permanent permission permissions person personal persons pet phone
    physical pick picker picture pie pile pine pink pint pipe place placed places plain plan planned planning plans
    planted plate platform play playground please plot point points police policies policy poll pond pool poor pop
    poppy positive possible post postcode posted posts pot pour power practicable practice pray predict prefer
    prelims prepare prepared presence present press presses presumed preview previous price primaries primary prince
    principal principals printed prints prior privacy private privilege problem procedure procedures process
    processes processing processors product production products professional professionals profile program programme
    programs progress prohibit project projects promise promised promises proof properties property propose proposes
    prose prospective protection prototype prove proved proven provenance proves provider provision psychologist
    public publications publish published pull pulls pump punctuation pupil pupils pure purple purpose push put puts
    quality quarter question questions quote quoted race rail rain raised rake range rank rare rat rate rather ratio
    ratios raw ray reach reachable reached reaches react read readable reader reading reads ready real really rear
    reason reasons recall receipt receive receiving reception recipient recipients reconciler record recorded
    recordlinkage records red redirect redirects reed refer reference references referral refusal refuse refused
    refuses reg regards register registered registers registration registrations regulations reid reject rejected
    rejection rejects relationships relative release released religious rely remainder reminder reminders removed
    renew rent reopen reorder repairs repeat repeats replaced replacement replaces replays replication replies reply
    report reported reports request requests require required requirement requires res reschedule reset residence
    residential resolved resolves resource resources respected respond response responses responsibility responsible
    rest restart restore restricted result results retention retried return returned returns reveal review reviewed
    reviewing reviews revised revoke rewrites rice rich ride right rights ring rise risk road roaming roar rob rock
    rod role roles roll roof room rooms root rope rose ross roster rota rotation round rounding rounds route routes
    routing row rows rps rub rug rule rules run runner runners running runs rush rust sack sad safe safely safety
    said sail sale salt same sample samples sampling sand sane saturday save saved saw say says scale schedule
    scheduler schedules scheduling school schools science scope scoped scopes score scores scots scp screen screens
    screenshot screenshots sea seal seam search seat second secondary seconds secret secrets section sections secure
    security see seeds seeing seek seeking seem seen sees select self sell semi send sending sends senior sense
    sensitive sensitivity sent sentence sentences separate september series service services set sets setting
    settings setup several sex shade shake shall shame shape shapes share shared shares sharing sharp sheep sheet
    shelf shepherd shine ship shipped ships shirt shock shoe shop shore short shot should show shown shows shut
    sibling siblings sick side sides sigh sign signal signature signed significant signing silently silk silver
    simulated simulation simulator since sincerely sing single sink sister sisters sit site six size sizes sketch
    sketches skill skills skin skirt sky slim slip slow slower small smaller smith soak soap social sock soft
    software soil sole some somebody something song soon sore sorry sort soul soup sour source sourced sources south
    spanish spare speak speaks spec speech speed spell spend spin split splits spoon sport spot spread spring square
    ssi stability stable staff stage stages stairs stale stamp stand standard stands star start started starting
    starts stat state stated statement states statically station statistics status statuses statutory stay stays
    steel steers stem step steps stick still sting stir stone stool stop stopped stops storage store stored stores
    storm story stove straight strap straw street strengths stress stretch strict strip strong structure studies
    studio style subject subjects submission submit submits submitted subscription subscriptions success successor
    such sue suggest suggestions suit suitable suite sum summary summer sun sunday sung supervision supplied supply
    support supported supports suppression sure surfaces surname survives sweeps swift swim switch switches system
    systems table tables take taken takes tale talk tall tame tank tap tape targeted task tasks taste tax taxi
    taylor tea teach teacher teachers team teams tear technical telephone tell tells template tend tent tentative
    term terminal termly terms terrace test testable tested testing text texts than thank thanks that the their them
    theme themes then thepromise therapist there therefore these they thing things third this those thread threads
    three thresholds through thursday tickets tide tidy tie time timeout times timetable timetabled timetables tiny
    tip tired title toast today toe together told tomorrow tone too tooth top torn toss total tour tower town toy
    trace track trade traffic trail train trained training transaction transactions transfer transferred transition
    transitions traps travel travelled treat treated tree tried tries trip trips true trusted trusting truth try
    tube tuesday tune turn turns tutorial twice twin twins two type typed types typing ugly unavailable uncle
    unconfirmed under unexpected unexplained unique universal university unknown unless unscheduled unsupervised
    unsupported until unusable update updated updates upgrade upper urge use used useful useless uses using usual
    usually vague vain valid vanish vase vast vein venue verb verbs verdict verified verse version versions very
    vest veth video view viewer views violations violet visibility visible voice voluntary vote vulnerable wage
    waist wait waiting waits wake walk wall wanted wants ward warm warning was wash water waterfall wave wax way
    ways weak wear web wednesday weed week weekly weeks weights welcome weld well wellbeing wells went were west wet
    what whatever wheat wheel when where wherever whether which whichever while whip white who whoever whole whom
    whose why wide wider width wife wild will win wind window wine wing winter wipe wire wise wish wishes with
    withdraw withdrawn within without wolf woman women won wood woods wool word wording words work worked worker
    workers working workload workplace works worth would write writes writing written wrong wrote wynd yard yarn
    yawn year yearly years yellow yes yesterday yet yield you young your yours yourself zero zone
  `
    .trim()
    .split(/\s+/),
);
