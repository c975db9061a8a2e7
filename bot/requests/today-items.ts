import { fullNameOf } from '../learners/learner.js';
import type { TodayItem } from './today-contract.js';
import type { TodayLine } from './today-repository.js';

/** A stored line as Today shows it. Pure. What the database withheld arrives as null and stays so. */
export function itemOf(line: TodayLine, subject: TodayItem['subject']['kind'], days: number | null): TodayItem {
  return {
    ...{ id: line.id, kind: line.kind, about: line.about, text: line.text },
    subject: { kind: subject, id: line.subject_id, reference: line.reference },
    learner: learnerOf(line),
    school: line.school_id && line.school_name ? { id: line.school_id, name: line.school_name } : null,
    person: line.person_name ? { id: line.person_id, name: line.person_name, telephone: line.telephone } : null,
    ...{ at: line.at?.toISOString() ?? null, on: line.day, days },
  };
}

function learnerOf(line: TodayLine): TodayItem['learner'] {
  if (!line.learner_id || !line.given_name || !line.family_name) return null;
  const name = { givenName: line.given_name, familyName: line.family_name, knownAs: line.known_as };
  return { id: line.learner_id, label: fullNameOf(name), stage: line.stage };
}
