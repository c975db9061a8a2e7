import type { Draft, DraftName } from '../../bot/reviews/draft-check.js';
import { formsOf } from '../../bot/learners/matching/names.js';
import { foldName } from '../../bot/learners/matching/normalise.js';
import { drawFamily } from '../../infra/local/demo/names.js';
import { type Seeded, seeded } from '../../infra/local/demo/seeded.js';

/**
 * Invitations as people write them, made from a seed: neutral ones, which name only the sender and places, and the same
 * with one name of the review's people put in. Each knows what was put in and how it was bent.
 */
export interface CorpusCase {
  readonly draft: Draft;
  readonly people: readonly DraftName[];
  readonly sender: DraftName;
  readonly planted: Planted | null;
}

export const bends = ['plain', 'short', 'initials', 'misspelt', 'gaelic', 'lower', 'loud', 'possessive'] as const;
export type Bend = (typeof bends)[number];
export interface Planted {
  readonly bend: Bend;
  readonly written: string;
}

const subjects = [
  ...['Review meeting VR-7K2M9Q', 'Meeting VR-3F8TQX', 'Joint review, education and social work', 'Review on Thursday'],
  ...[
    'Catch up before the holidays',
    'Planning meeting',
    'Second review',
    'Meeting at Ardmore Academy',
    'Hold the date',
  ],
  ...['Re: date for the review', 'Moved: review meeting', 'Review (online)', 'Next steps meeting, please keep free'],
];
const locations = [
  ...[
    '',
    'Microsoft Teams Meeting',
    'Room 4, Council Offices',
    'Head Teacher’s office',
    'Ardmore Academy, meeting room 2',
  ],
  ...['Hill Street Centre', 'Library, first floor', 'Online', 'Conference room B', 'St Mungo’s Primary, family room'],
  ...['12 Wood Lane, ground floor', 'Rose Park Community Campus', 'By telephone', 'Victoria Road office'],
];
const openings = [
  ...[
    'Hello everyone,',
    'Dear all,',
    'Hi both,',
    'Good morning,',
    'Dear colleagues,',
    'Hi,',
    'Hello,',
    'To all invited,',
  ],
];
const sentences = [
  ...['You are invited to a review meeting.', 'The review is due by 4 February, so an answer this week would help.'],
  ...[
    'Please bring a short update on attendance and wellbeing.',
    'The plan will be sent in the usual way, not by e-mail.',
  ],
  ...['If the time does not suit, propose another in Outlook.', 'I hope this time works for you.'],
  ...['Parking is limited; the 14 bus from Market Square stops outside.', 'Reception will show you to the room.'],
  ...['We will look at goals, the timetable and what has changed since May.', 'Will you please confirm by Friday?'],
  ...['The meeting takes about 45 minutes.', 'Tea and coffee will be there from 9.15 a.m.'],
  ...[
    'The educational psychologist may join for the first half.',
    'Could the school nurse send apologies if unable to come?',
  ],
  ...['Questions can be put to the virtual school on 01632 960123.', 'Mark the date in your diary, please.'],
  ...[
    'Minutes of the last meeting have been shared with those entitled to see them.',
    'Grace period for papers is two days.',
  ],
  ...[
    'Transition to secondary and the part-time timetable are on the agenda.',
    'P7 and S1 staff are both asked to come.',
  ],
  ...['Support with travel is available on request.', 'Please do not forward this invitation.'],
  ...['The reviewing officer will chair.', 'Exam leave starts on Monday, hence the early start.'],
  ...['Attendance figures up to Easter would be useful.', 'The young person will be asked for their view beforehand.'],
  ...['Bill for the room goes to the council.', 'Rob Roy House is the building behind the sports hall.'],
  ...['Sign in at the front desk and ask for the head teacher.', 'Children’s services and education are both invited.'],
  ...['The fire alarm is tested at noon on Wednesdays.', 'Ring the team if you are running late.'],
];
const closings = ['Kind regards', 'Many thanks', 'With thanks', 'Best wishes', 'Regards', 'Le deagh dhùrachd'];
const roles = [
  'Virtual School',
  'Principal Teacher, Pupil Support',
  'Social Worker',
  'Depute Head Teacher',
  'Review Co-ordinator',
];
const carriers = [
  ...[
    'This is about {}.',
    'The review for {} is due.',
    'We meet to talk about {} and the plan.',
    '{} will be there for part of it.',
  ],
  ...['Please read the notes on {} first.', '{} has moved, so the date changed.', 'As agreed with {} last week.'],
];

export function makeCorpus(seed: number, size: number): CorpusCase[] {
  const random = seeded('drafts', String(seed));
  return Array.from({ length: size }, (_, index) => {
    const people = [personFrom(random), personFrom(random)];
    const sender = otherThan(random, people);
    const draft = neutralDraft(random, sender);
    if (index % 2 === 0) return { draft, people, sender, planted: null };
    const planted = bent(random, random.pick(people));
    return { draft: plant(random, draft, planted), people, sender, planted };
  });
}

function personFrom(random: Seeded): DraftName {
  const family = drawFamily(random);
  const givenName = random.pick(family.given);
  const forms = formsOf(foldName(givenName)).filter((form) => form.length > 3);
  const knownAs = forms.length > 0 && random.chance(0.2) ? titled(random.pick(forms)) : null;
  return { givenName, familyName: random.pick(family.family), knownAs };
}

/** The sender shares no name with the review's people: whoever does is found, and has to be. */
function otherThan(random: Seeded, people: readonly DraftName[]): DraftName {
  for (;;) {
    const one = personFrom(random);
    const shares = people.some((other) => other.familyName === one.familyName || other.givenName === one.givenName);
    if (!shares) return one;
  }
}

function neutralDraft(random: Seeded, sender: DraftName): Draft {
  const body = Array.from({ length: random.int(2, 7) }, () => random.pick(sentences));
  const signed = `${random.pick(closings)},\n${sender.givenName} ${sender.familyName}\n${random.pick(roles)}`;
  return {
    subject: random.pick(subjects),
    location: random.pick(locations),
    body: [random.pick(openings), body.join(' '), signed].join('\n\n'),
  };
}

function plant(random: Seeded, draft: Draft, { written }: Planted): Draft {
  const place = random.int(0, 9);
  if (place === 0) return { ...draft, subject: `${draft.subject} ${written}` };
  if (place === 1) return { ...draft, location: `${draft.location || 'Meeting'}, home of ${written}` };
  const [opening = '', body = '', signed = ''] = draft.body.split('\n\n');
  const said = random.pick(carriers).replace('{}', written);
  return { ...draft, body: [opening, random.chance(0.5) ? `${said} ${body}` : `${body} ${said}`, signed].join('\n\n') };
}

function bent(random: Seeded, person: DraftName): Planted {
  const bend = random.pick(bends);
  const forename = random.chance(0.3) && person.knownAs ? person.knownAs : person.givenName;
  const [forms, gaelic] = [
    formsOf(foldName(forename)).filter((form) => form.length >= 3),
    gaelicSurname(person.familyName),
  ];
  const name = random.pick([forename, person.familyName, `${forename} ${person.familyName}`]);
  const initial = [...forename][0] ?? '';
  const ways: Record<Bend, () => string> = {
    plain: () => name,
    short: () => (forms.length > 0 ? titled(random.pick(forms)) : name),
    initials: () =>
      random.pick([
        `${initial}. ${person.familyName}`,
        `${initial} ${person.familyName}`,
        `${initial}.${[...person.familyName][0] ?? ''}.`,
      ]),
    misspelt: () => slip(random, random.pick([forename, person.familyName].filter((one) => one.length >= 4))),
    gaelic: () => gaelic ?? (forms.length > 0 ? titled(random.pick(forms)) : name),
    lower: () => name.toLowerCase(),
    loud: () => name.toUpperCase(),
    possessive: () => `${name}’s`,
  };
  return { bend, written: ways[bend]() };
}

const titled = (name: string) => name.replace(/^./u, (letter) => letter.toUpperCase());

/** The other spelling of a Mac name, as another service may have it. */
function gaelicSurname(surname: string): string | null {
  if (/^Mac/u.test(surname)) return surname.replace(/^Mac/u, 'Mc');
  if (/^Mc/u.test(surname)) return surname.replace(/^Mc/u, 'Mac');
  return /^Nic/u.test(surname) ? surname.replace(/^Nic/u, 'Mac') : null;
}

function slip(random: Seeded, name: string | undefined): string {
  const letters = [...(name ?? 'Name')];
  const at = random.int(1, letters.length - 2);
  const letter = random.pick(['a', 'e', 'i', 'o', 'u', 'l', 'n', 'r', 's', 't']);
  const ways = [
    () => letters.toSpliced(at, 1),
    () => letters.toSpliced(at, 0, letter),
    () => letters.toSpliced(at, 1, letter),
    () => letters.toSpliced(at, 2, letters[at + 1] ?? '', letters[at] ?? ''),
  ];
  return random.pick(ways)().join('');
}
