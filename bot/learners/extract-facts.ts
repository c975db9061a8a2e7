import type { ExtractContent, ExtractKind, ExtractService } from './extract.js';
import type { Fact } from './facts.js';
import { type Attribute, homes } from './learner.js';

type Period = Omit<Fact, 'factId'>;

interface Saying {
  readonly kind: ExtractKind;
  readonly service: ExtractService;
  readonly content: ExtractContent;
  /** The day as of which the file speaks, where a row has no dates of its own. */
  readonly on: string;
  /** Somebody of ours by what the file calls them; null when nobody is. */
  readonly workerId: string | null;
}

/**
 * What a row says as dated facts of its own service. Pure. Kinds that are not facts about how somebody stands (attendance,
 * exclusions, attainment, reviews) say none: they are read as records. An order with non-disclosure is a fact that travels.
 */
export function factsSaid(saying: Saying, known: readonly Fact[]): Period[] {
  return [...snapshot(saying, known), ...datedFacts(saying)];
}

/** What a row says of days: the facts that it begins and ends. */
export function datedFacts(saying: Saying): Period[] {
  const { kind, content } = saying;
  switch (kind) {
    case 'enrolments':
      return dated(saying, [
        ['school', content.school],
        ['stage', content.stage],
      ]);
    case 'status':
      return statusSaid(saying);
    case 'living':
      return dated(saying, [['home', homes.some((home) => home === content.home) ? content.home : undefined]]);
    case 'worker':
      return dated(saying, [['social-worker', saying.workerId ?? undefined]]);
    case 'legal-basis':
      return dated(saying, [['legal-basis', content.basis]]);
    case 'orders':
      return dated(saying, [['non-disclosure', content.nonDisclosure === 'yes' ? true : undefined]]);
    case 'pupils':
    case 'attendance':
    case 'exclusions':
    case 'attainment':
    case 'reviews':
      return [];
  }
}

/** Who somebody is, as every row that names them says it. */
const identity: readonly (readonly [Attribute, keyof ExtractContent])[] = [
  ['given-name', 'givenName'],
  ['family-name', 'familyName'],
  ['known-as', 'knownAs'],
  ['birth-on', 'birthOn'],
  ['scn', 'scn'],
];

/** And how they stand, in a list of pupils. */
const inSnapshot: readonly (readonly [Attribute, keyof ExtractContent])[] = [
  ...identity,
  ['stage', 'stage'],
  ['school', 'school'],
  ['education', 'education'],
];

/** Corrected rather than begun: what these are does not start on a day. */
const lasting: readonly Attribute[] = ['birth-on', 'scn'];

/** A file that says how it is today. First knowledge has no known beginning; a change holds from the file's day on. */
function snapshot({ kind, service, content, on }: Saying, known: readonly Fact[]): Period[] {
  return (kind === 'pupils' ? inSnapshot : identity).flatMap(([attribute, field]) => {
    const value = content[field];
    if (value === undefined) return [];
    const before = known.filter((fact) => fact.attribute === attribute && fact.source === service);
    const first = before.length === 0 || lasting.includes(attribute);
    if (before.some((fact) => fact.value === value && fact.validTo === null)) return [];
    return [{ attribute, value, source: service, validFrom: first ? null : on, validTo: null }];
  });
}

function statusSaid(saying: Saying): Period[] {
  const { status } = saying.content;
  if (status === 'looked-after') return dated(saying, [['looked-after', true]]);
  if (status === 'care-experienced') return dated(saying, [['care-experienced', true]]);
  return dated(saying, [
    ['looked-after', false],
    ['care-experienced', false],
  ]);
}

function dated(
  { service, content }: Saying,
  said: readonly (readonly [Attribute, string | boolean | undefined])[],
): Period[] {
  const [validFrom, validTo] = [content.from ?? null, content.to ?? null];
  return said.flatMap(([attribute, value]) =>
    value === undefined ? [] : [{ attribute, value, source: service, validFrom, validTo }],
  );
}
