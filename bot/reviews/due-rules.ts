/**
 * By when a review or an answer is due: one line a rule, as data, in the numbering of reference/domain.md section 8. Pure.
 * A rule whose text could not be read, or that is only general practice, is the council's to set: it has no period of its own
 * and is never shown as law.
 */
export const series = ['looked-after', 'csp', 'child-plan', 'school-change', 'other'] as const;
export type Series = (typeof series)[number];

/** What happened, or is planned, that a clock starts from. */
export const dueEvents = [
  ...['placed-away', 'placed-short-term', 'placed-emergency', 'emergency-continued'],
  ...['placed-secure-hearing', 'placed-secure-criminal', 'at-home', 'left-care'],
  ...[
    'frequency-agreed',
    'review-held',
    'csp-made',
    'csp-ended',
    'csp-requested',
    'csp-proposed',
    'csp-early-review-asked',
  ],
  ...['help-asked', 'health-notified', 'cso-made', 'protection-investigated', 'protection-plan-made', 'excluded'],
  ...['child-plan-made', 'school-change', 'status-changed'],
  ...['reporter-referral-considered', 'permanence-application-considered', 'hearing-convened'],
] as const satisfies readonly string[];
export type DueEvent = (typeof dueEvents)[number];

export type Period =
  | { readonly days: number }
  | { readonly weeks: number }
  | { readonly months: number }
  | { readonly workingDays: number };

/**
 * statutory, guidance: dates. council: a period the council sets, or none. agreed: the period agreed for this child.
 * gate: held before something is done. advisory: where practicable. shown: others' dates, never scheduled here.
 * reminder: others do it, we remind them.
 */
export type Standing = 'statutory' | 'guidance' | 'council' | 'agreed' | 'gate' | 'advisory' | 'shown' | 'reminder';

export interface DueRule {
  readonly row: string;
  readonly series: Series;
  readonly standing: Standing;
  readonly from: DueEvent;
  readonly period: Period | null;
  /** Counted back from the event instead of on from it. */
  readonly before: boolean;
  /** Whether meeting it is a meeting, which can be planned. */
  readonly meeting: boolean;
  readonly warnDays: readonly number[];
  readonly source: string;
}

const regulations = 'Looked After Children (Scotland) Regulations 2009 (SSI 2009/210)';
const act2004 = 'Education (Additional Support for Learning) (Scotland) Act 2004';
const act2011 = "Children's Hearings (Scotland) Act 2011";
const guidance = 'National Guidance for Child Protection in Scotland, appendix D';

type Kind = readonly [row: string, series: Series, standing: Standing, from: DueEvent];
function rule(
  [row, ofSeries, standing, from]: Kind,
  period: Period | null,
  source: string,
  rest: { readonly warn?: readonly number[]; readonly meeting?: boolean; readonly before?: boolean } = {},
): DueRule {
  const { warn = [14, 3], meeting = ofSeries !== 'other', before = false } = rest;
  return { row, series: ofSeries, standing, from, period, before, meeting, warnDays: warn, source };
}

export const dueRules = {
  'away-first': rule(
    ['R1', 'looked-after', 'statutory', 'placed-away'],
    { days: 42 },
    `${regulations}, regulation 45(2)(a)`,
    { warn: [28, 14, 3] },
  ),
  'away-second': rule(
    ['R2', 'looked-after', 'statutory', 'review-held'],
    { months: 3 },
    `${regulations}, regulation 45(2)(b)`,
    { warn: [42, 14, 3] },
  ),
  'away-next': rule(
    ['R3', 'looked-after', 'statutory', 'review-held'],
    { months: 6 },
    `${regulations}, regulation 45(2)(c)`,
    { warn: [56, 28, 7] },
  ),
  'short-term-first': rule(
    ['R4', 'looked-after', 'statutory', 'placed-short-term'],
    { months: 3 },
    `${regulations}, regulation 45(3)`,
    { warn: [42, 14, 3] },
  ),
  'short-term-next': rule(
    ['R4', 'looked-after', 'statutory', 'review-held'],
    { months: 6 },
    `${regulations}, regulation 45(3)`,
    { warn: [56, 28, 7] },
  ),
  'continued-first': rule(
    ['R5', 'looked-after', 'statutory', 'emergency-continued'],
    { months: 3 },
    `${regulations}, regulation 45(3)`,
    { warn: [42, 14, 3] },
  ),
  'continued-next': rule(
    ['R5', 'looked-after', 'statutory', 'review-held'],
    { months: 6 },
    `${regulations}, regulation 45(3)`,
    { warn: [56, 28, 7] },
  ),
  emergency: rule(
    ['R6', 'looked-after', 'statutory', 'placed-emergency'],
    { workingDays: 3 },
    `${regulations}, regulation 38`,
    { warn: [1] },
  ),
  'before-reporter': rule(
    ['R7', 'looked-after', 'gate', 'reporter-referral-considered'],
    null,
    `${regulations}, regulation 45(4)`,
  ),
  'before-permanence': rule(
    ['R7', 'looked-after', 'gate', 'permanence-application-considered'],
    null,
    `${regulations}, regulation 45(4)`,
  ),
  'hearing-convened': rule(
    ['R8', 'looked-after', 'advisory', 'hearing-convened'],
    null,
    `${regulations}, regulation 45(4)(c)`,
  ),
  'at-home': rule(['R9', 'looked-after', 'agreed', 'review-held'], null, `${regulations}, regulation 44(5)`, {
    warn: [28, 7],
  }),
  'secure-hearing-first': rule(
    ['R10', 'looked-after', 'statutory', 'placed-secure-hearing'],
    { days: 7 },
    'SSI 2013/212, regulation 10',
    { warn: [3, 1] },
  ),
  'secure-hearing-next': rule(
    ['R10', 'looked-after', 'statutory', 'review-held'],
    { months: 1 },
    'SSI 2013/212, regulation 10',
    { warn: [14, 3] },
  ),
  'secure-criminal-first': rule(
    ['R11', 'looked-after', 'statutory', 'placed-secure-criminal'],
    { days: 7 },
    'SSI 2013/205, regulation 13',
    { warn: [3, 1] },
  ),
  'secure-criminal-next': rule(
    ['R11', 'looked-after', 'statutory', 'review-held'],
    { months: 3 },
    'SSI 2013/205, regulation 13',
    { warn: [28, 7] },
  ),
  'order-ends': rule(['R12', 'other', 'shown', 'cso-made'], { months: 12 }, `${act2011}, sections 133 and 138`, {
    warn: [91],
  }),
  'csp-first': rule(['R13', 'csp', 'statutory', 'csp-made'], { months: 12 }, `${act2004}, section 10`, {
    warn: [56, 28, 7],
  }),
  'csp-next': rule(['R13', 'csp', 'statutory', 'review-held'], { months: 12 }, `${act2004}, section 10`, {
    warn: [56, 28, 7],
  }),
  'csp-request-reply': rule(
    ['R14', 'other', 'statutory', 'csp-requested'],
    { weeks: 8 },
    'SSI 2010/149, regulation 4A',
  ),
  'csp-prepared': rule(
    ['R14', 'other', 'council', 'csp-proposed'],
    null,
    'SSI 2005/518, regulation 4: the text was not read, so your council sets the period',
  ),
  'csp-early-review-reply': rule(
    ['R14', 'other', 'statutory', 'csp-early-review-asked'],
    { weeks: 4 },
    'SSI 2010/149, regulation 5A',
  ),
  'help-reply': rule(['R15', 'other', 'statutory', 'help-asked'], { weeks: 10 }, 'SSI 2005/264'),
  'health-assessment': rule(['R16', 'other', 'guidance', 'health-notified'], { weeks: 4 }, 'CEL 16 (2009)'),
  'protection-meeting': rule(['R17', 'other', 'shown', 'protection-investigated'], { days: 28 }, guidance),
  'protection-core-group': rule(['R17', 'other', 'shown', 'protection-plan-made'], { workingDays: 15 }, guidance),
  'protection-record': rule(['R17', 'other', 'shown', 'protection-plan-made'], { workingDays: 10 }, guidance),
  'exclusion-told': rule(
    ['R18', 'other', 'reminder', 'excluded'],
    { days: 0 },
    '1975 Regulations, as told by Clan Childlaw',
    { warn: [] },
  ),
  'exclusion-meeting': rule(
    ['R18', 'other', 'reminder', 'excluded'],
    { days: 7 },
    '1975 Regulations, as told by Clan Childlaw',
    { warn: [3] },
  ),
  'exclusion-letter': rule(
    ['R18', 'other', 'reminder', 'excluded'],
    { days: 8 },
    '1975 Regulations, as told by Clan Childlaw',
    { warn: [3] },
  ),
  'child-plan': rule(
    ['R19', 'child-plan', 'council', 'child-plan-made'],
    null,
    'No national interval was found: your council sets it',
    { warn: [28, 7] },
  ),
  'child-plan-next': rule(
    ['R19', 'child-plan', 'council', 'review-held'],
    null,
    'No national interval was found: your council sets it',
    { warn: [28, 7] },
  ),
  'school-told': rule(
    ['R20', 'other', 'council', 'status-changed'],
    null,
    'No Scottish rule was found: your council sets a target',
  ),
  'school-change-advice': rule(
    ['R21', 'school-change', 'reminder', 'school-change'],
    { months: 12 },
    'SSI 2005/265, regulation 3',
    { warn: [56, 28], before: true },
  ),
  'school-change-information': rule(
    ['R21', 'other', 'council', 'school-change'],
    null,
    'SSI 2005/265, regulation 4, in general terms: your council sets how long before',
    { before: true },
  ),
} as const satisfies Record<string, DueRule>;
export type RuleId = keyof typeof dueRules;

export function ruleOf(id: RuleId): DueRule {
  return dueRules[id];
}
