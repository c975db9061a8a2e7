import { matchesPhrase, wordsOf } from './phrase-match.js';
import { type Need, needs, type Urgency } from './request.js';

/**
 * What a typed sentence asks for, read from tables of phrases in Scots and plain English, with no service outside. It only
 * preselects: whoever asks sees the choice and can change it, so a wrong guess costs one press. Pure.
 *
 * A phrase is words in order, side by side; `~` stands for up to three words between (phrase-match.ts).
 */
export const needPhrases: Readonly<Record<Exclude<Need, 'other'>, readonly string[]>> = {
  'part-time-timetable': [
    ...['part time timetable', 'part time', 'parttime', 'reduced timetable', 'reduced hours', 'half days', 'half day'],
    ...['only in ~ mornings', 'only in ~ afternoons', 'only mornings', 'just mornings', 'shortened day', 'short days'],
    ...[
      'sent home early',
      'going home early',
      'full timetable',
      'full time again',
      'build up ~ hours',
      'flexible timetable',
    ],
    ...['two hours a day', 'an hour a day', 'one hour a day', 'hame at dinner', 'home at lunch', 'phased return'],
  ],
  'change-of-school': [
    ...['change of school', 'changing school', 'change school', 'new school', 'moved school', 'moving school'],
    ...['move school', 'moved schools', 'moving schools', 'placing request', 'other school', 'another school'],
    ...['enrol', 'enrolling', 'enrolment', 'no school place', 'school place', 'starting with us', 'start with us'],
    ...['coming to us', 'leaving us', 'flitting', 'flitted', 'transferring to', 'come to us from', 'joining us'],
  ],
  transition: [
    ...[
      'transition',
      'transitions',
      'p7 to s1',
      'going up to',
      'moving up to',
      'up to the academy',
      'up to the big school',
    ],
    ...['starting p1', 'starting s1', 'starts s1', 'starts p1', 'nursery to', 'moving into s1', 'goes to high school'],
    ...['primary to secondary', 'next session', 'after the summer'],
  ],
  'asn-csp': [
    ...['asn', 'csp', 'additional support needs', 'additional support', 'coordinated support plan'],
    ...[
      'co ordinated support plan',
      'assessment',
      'assessed',
      'diagnosis',
      'dyslexia',
      'dyslexic',
      'autism',
      'autistic',
    ],
    ...['adhd', 'fasd', 'psychologist', 'ed psych', 'educational psychologist', 'speech and language', 'one to one'],
    ...['support assistant', 'psa', 'learning support', 'sensory', 'hearing aid', 'reader and scribe'],
    ...['alternative assessment', 'extra support in class'],
  ],
  'alternative-provision': [
    ...['alternative provision', 'alternative', 'other provision', 'outreach', 'outdoor learning', 'forest school'],
    ...['college place', 'college two days', 'vocational', 'out of the building', 'education elsewhere'],
    ...['somewhere else to learn', 'base off site', 'off site', 'flexible learning', 'home tuition', 'taught at home'],
    ...['tutor at home', 'cannot be in the building', 'cannae be in the building'],
  ],
  'post-school': [
    ...[
      'post school',
      'after school',
      'leaving school',
      'school leaver',
      'leaver',
      'leaves school',
      'positive destination',
    ],
    ...['college', 'university', 'uni', 'apprenticeship', 'apprentice', 'modern apprenticeship', 'job', 'employment'],
    ...[
      'careers',
      'career',
      'skills development',
      'bursary',
      'saas',
      'ucas',
      'what next',
      'when he leaves',
      'when she leaves',
    ],
    ...['when they leave', 'winter leaver', 'summer leaver', 'ema', 'armed forces', 'wants to work'],
  ],
  digital: [
    ...['laptop', 'chromebook', 'ipad', 'tablet', 'device', 'wifi', 'wi fi', 'internet', 'broadband', 'dongle', 'glow'],
    ...['online', 'remote learning', 'remote', 'log in', 'login', 'password', 'teams call', 'computer', 'printer'],
    ...['nae internet', 'no internet', 'digital'],
  ],
  'advice-training': [
    ...[
      'training',
      'train',
      'advice',
      'inset',
      'in service',
      'cpd',
      'clpl',
      'workshop',
      'staff session',
      'speak to staff',
    ],
    ...['talk to our staff', 'session for staff', 'guidance for staff', 'trauma informed', 'attachment training'],
    ...['how do we', 'what should we do', 'whit should we dae', 'what do we do', 'not sure how to', 'no sure how tae'],
    ...['the promise', 'language of care', 'pick your brains', 'consultation'],
  ],
  attainment: [
    ...[
      'attainment',
      'achieving',
      'falling behind',
      'fallen behind',
      'fell behind',
      'behind in',
      'behind with',
      'far behind',
    ],
    ...['struggling with ~ reading', 'struggling with ~ maths', 'struggling in', 'reading age', 'literacy', 'numeracy'],
    ...['maths', 'english', 'exam', 'exams', 'prelim', 'prelims', 'national 5', 'nat 5', 'nat 4', 'highers', 'higher'],
    ...[
      'tutor',
      'tutoring',
      'tuition',
      'catch up',
      'coursework',
      'course work',
      'homework',
      'grades',
      'qualifications',
    ],
    ...['not making progress', 'no making progress', 'cannae read', 'cannot read', 'cant read', 'predicted'],
  ],
  attendance: [
    ...[
      'attendance',
      'attending',
      'attend',
      'absent',
      'absence',
      'absences',
      'no been in',
      'not been in',
      'no in since',
    ],
    ...[
      'hasnae been in',
      'hasnt been in',
      'hasna been in',
      'has not been in',
      'havenae seen',
      'havent seen',
      'no seen',
    ],
    ...[
      'isnae in',
      'isnt in',
      'not in since',
      'late every',
      'late four',
      'late again',
      'late most',
      'always late',
      'lates',
    ],
    ...['coming in late', 'come in late', 'came in late', 'comes in late', 'in late', 'missing days', 'missed school'],
    ...['missing school', 'missed days', 'wont come in', 'willnae come in', 'no coming in', 'not coming in'],
    ...[
      'isnae coming',
      'refusing school',
      'school refusal',
      'refuses to come',
      'refusing to come',
      'dogging',
      'dogging it',
    ],
    ...['skiving', 'bunking', 'plunking', 'truanting', 'not turning up', 'no turning up', 'off school', 'off again'],
    ...['days off', 'walks out', 'walking out', 'leaves at lunch', 'out of class', 'no at school', 'not at school'],
    ...['not in school', 'no in school', 'stopped coming', 'willnae leave the house', 'wont leave the house'],
    ...['mornings are hard', 'getting ~ up in the morning', 'cannae get him in', 'cannae get her in'],
  ],
  wellbeing: [
    ...[
      'wellbeing',
      'well being',
      'anxious',
      'anxiety',
      'upset',
      'greeting',
      'crying',
      'tearful',
      'worried about',
      'low mood',
    ],
    ...[
      'mental health',
      'unsettled',
      'withdrawn',
      'angry',
      'anger',
      'outbursts',
      'outburst',
      'dysregulated',
      'meltdown',
    ],
    ...[
      'meltdowns',
      'behaviour',
      'behavior',
      'kicking off',
      'friendships',
      'friends',
      'falling out',
      'bullied',
      'bullying',
    ],
    ...[
      'tired',
      'hungry',
      'sleeping',
      'confidence',
      'self esteem',
      'bereavement',
      'grief',
      'loss',
      'counselling',
      'counsellor',
    ],
    ...['camhs', 'nurture', 'scunnered', 'crabbit', 'no himsel', 'no hersel', 'not himself', 'not herself', 'stressed'],
    ...['peely wally', 'dour', 'overwhelmed', 'panic attacks', 'hard time', 'struggling at home', 'feart of'],
  ],
};

export const urgencyPhrases: Readonly<Record<Urgency, readonly string[]>> = {
  today: [
    ...['today', 'the day', 'right now', 'urgent', 'urgently', 'asap', 'straight away', 'right away', 'this morning'],
    ...['this afternoon', 'emergency', 'immediately', 'as soon as', 'the now', 'cannae wait', 'cannot wait'],
  ],
  'this-week': [
    'this week',
    'by friday',
    'tomorrow',
    'the morn',
    'soon',
    'next few days',
    'before the weekend',
    'quickly',
  ],
  'this-month': [
    'this month',
    'next week',
    'before the holidays',
    'before christmas',
    'before easter',
    'few weeks',
    'couple of weeks',
  ],
  'no-hurry': [
    'no hurry',
    'no rush',
    'nae rush',
    'nae hurry',
    'whenever',
    'when you can',
    'when yous can',
    'next term',
    'not urgent',
    'no urgent',
    'some time',
  ],
};

/** The need with the most, and longest, phrases met; of equals the one that stands first in the table. Null: none is met. */
export function needFrom(text: string): Need | null {
  const words = wordsOf(text);
  let best: { need: Need; weight: number } | null = null;
  for (const need of needs) {
    if (need === 'other') continue;
    const weight = needPhrases[need].reduce((sum, phrase) => sum + weightOf(words, phrase), 0);
    const before = best ? order.indexOf(need) < order.indexOf(best.need) : true;
    if (weight > 0 && (!best || weight > best.weight || (weight === best.weight && before))) best = { need, weight };
  }
  return best?.need ?? null;
}

const order: readonly string[] = Object.keys(needPhrases);

function weightOf(words: readonly string[], phrase: string): number {
  return matchesPhrase(words, phrase) ? phrase.split(' ').filter((word) => word !== '~').length : 0;
}

/** What is said last to be hurried or not: "no hurry" is looked for first, because it holds no "today". Null: nothing said. */
export function urgencyFrom(text: string): Urgency | null {
  const words = wordsOf(text);
  const met = (urgency: Urgency) => urgencyPhrases[urgency].some((phrase) => matchesPhrase(words, phrase));
  return (['no-hurry', 'today', 'this-month', 'this-week'] as const).find(met) ?? null;
}
