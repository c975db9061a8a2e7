import type { Need } from '../../../bot/requests/request.js';

/** What staff write, as they write it: no names, no addresses, nothing a family could not read. */
export interface Story {
  readonly what: string;
  readonly tried: string;
  readonly learnerView: string;
  readonly hoped: string;
}

export const stories: Readonly<Record<Need, readonly Story[]>> = {
  attendance: [
    {
      what: 'Attendance has dropped since the October break. Mornings are the hard part: in by 11 most days, and not at all on Mondays.',
      tried: 'Soft start with the support base, a taxi change, phone call home on the day.',
      learnerView: 'Says that registration is loud and that everyone looks when you come in late.',
      hoped: 'Somebody to plan a gradual return with us and with the carers.',
    },
    {
      what: 'Twelve unexplained absences this term, all in the afternoon.',
      tried: 'Changed two classes; spoke with the social worker.',
      learnerView: 'Would rather be in Art and PE.',
      hoped: 'Ideas that have worked in other schools.',
    },
  ],
  'part-time-timetable': [
    {
      what: 'On a part-time timetable of ten hours since September. It was to be looked at after four weeks and has not been.',
      tried: 'Added one subject a fortnight ago and it went well.',
      learnerView: 'Wants to be back full time by Christmas, but not all at once.',
      hoped: 'Help to write the plan for the way back, with dates.',
    },
  ],
  'change-of-school': [
    {
      what: 'Moving to a new home in another part of the council in two weeks. No school place is agreed yet.',
      tried: 'We have asked whether the place here can be kept, with transport.',
      learnerView: 'Wants to stay here, where the friends are.',
      hoped: 'A decision before the move, and transport if the answer is to stay.',
    },
  ],
  transition: [
    {
      what: 'P7 to S1 in August. The usual visits were missed because of a change of carers.',
      tried: 'Photo book of the new school; a link teacher has been named.',
      learnerView: 'Worried about finding the way around, and about lunch.',
      hoped: 'Extra visits, and somebody known on the first day.',
    },
  ],
  attainment: [
    {
      what: 'Capable of three Highers, now working towards one. Homework is not possible at home at the moment.',
      tried: 'Study club twice a week.',
      learnerView: 'Likes Chemistry. Would do homework in school if there was a quiet room.',
      hoped: 'Tutoring for the prelims.',
    },
    {
      what: 'Reading is two years behind and P5 is getting harder to follow.',
      tried: 'Daily reading partner, coloured overlays.',
      learnerView: 'Likes books about animals, not reading out loud.',
      hoped: 'An assessment and a programme that we can run.',
    },
  ],
  wellbeing: [
    {
      what: 'Very tired and tearful since family time was changed. Class work has stopped on Thursdays and Fridays.',
      tried: 'Check-in each morning; lunch with the nurture group.',
      learnerView: 'Misses the little brother.',
      hoped: 'Somebody to talk with, and advice for staff on what helps on those days.',
    },
  ],
  'asn-csp': [
    {
      what: 'We think a co-ordinated support plan should be considered: education, health and social work are all involved.',
      tried: 'Child’s plan meeting last month; educational psychologist consulted.',
      learnerView: 'Will ask by the end of the month.',
      hoped: 'Advice on the criteria, and who writes what.',
    },
  ],
  'alternative-provision': [
    {
      what: 'Two days a week at college would suit far better than the present timetable.',
      tried: 'Spoke to the college; they have a place from January.',
      learnerView: 'Very keen on joinery.',
      hoped: 'Agreement and funding for transport.',
    },
  ],
  'post-school': [
    {
      what: 'Leaves in June and has no offer. Has stopped coming to the careers appointments.',
      tried: 'Met twice with the careers adviser in school.',
      learnerView: 'Would like to work with animals.',
      hoped: 'A work placement to try it, and help with the form.',
    },
  ],
  digital: [
    {
      what: 'No device at the new home and no broadband until next month. Three subjects set work online.',
      tried: 'Lent a school laptop; it cannot connect.',
      learnerView: 'Does not want to be the only one handing in paper.',
      hoped: 'A device with mobile data.',
    },
  ],
  'advice-training': [
    {
      what: 'Several new staff. We would like a session on attachment and on the words we use.',
      tried: 'Read the materials on the staff site.',
      learnerView: 'Not about one learner.',
      hoped: 'An hour on an in-service day.',
    },
  ],
  other: [
    {
      what: 'School trip in May: the form asks for a signature that the carers may not give.',
      tried: 'Asked the social worker, no answer yet.',
      learnerView: 'Really wants to go.',
      hoped: 'To know who may sign, and by when.',
    },
  ],
};

export const questions = [
  'Who else has been part of this so far, and is there a plan we can look at together?',
  'What does a good day look like just now? And when is the next meeting with social work?',
  'Could you send the attendance by week since August?',
] as const;

export const replies = [
  'Thanks. The last meeting was three weeks ago and the next one is not set yet.',
  'Mondays and Thursdays go best. We will ask the learner and write again.',
  'The plan is from before the move; we are rewriting it now.',
] as const;

export const answers = [
  'We will come in on Tuesday at ten to plan this with you. Until then keep the morning check-in as it is.',
  'Agreed, and funded until the end of term. We look at it again with you two weeks before.',
  'Two schools did this last year and their note is attached to the guidance page. Call us and we will talk it through.',
] as const;
