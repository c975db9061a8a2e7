import { z } from 'zod';
import { defineSetting } from '../people/settings.js';

/** What a council decides about reviews. */
export const noticeSetting = defineSetting({
  key: 'reviews.notice-days',
  group: 'Reviews',
  title: 'Notice of a review',
  explains: 'No time is offered sooner than this many days from now. Families and schools need time to prepare.',
  schema: z.number().int().min(0).max(60),
  default: 3,
});

export const newPlacementSetting = defineSetting({
  key: 'reviews.new-placement-starts-again',
  group: 'Reviews',
  title: 'A new home starts a new sequence of reviews',
  explains:
    'Regulation 45 counts from "the placement", and councils read that differently. Yes: each new home away from home starts again with a first review within six weeks. No: one sequence goes on.',
  schema: z.boolean(),
  default: true,
});

const months = z.number().int().min(1).max(24).nullable();
/** None of these is law: the text could not be read, or is only general practice, or there is no rule (reference/domain.md 8). */
export const councilPeriodsSetting = defineSetting({
  key: 'reviews.council-periods',
  group: 'Reviews',
  title: 'Periods that no law sets',
  explains:
    'Your council decides these; they are shown as your own and never as law. Weeks to prepare a co-ordinated support plan after notice; months between reviews of a child’s plan; working days in which a school is told of a new status; months before a change of school in which information is passed.',
  schema: z.object({
    cspPreparedWeeks: z.number().int().min(1).max(52).nullable(),
    childPlanMonths: months,
    schoolToldWorkingDays: z.number().int().min(1).max(60).nullable(),
    schoolChangeInformationMonths: months,
  }),
});

export const atHomeSetting = defineSetting({
  key: 'reviews.at-home-months',
  group: 'Reviews',
  title: 'Usual months between reviews at home',
  explains:
    'Only fills in the form: at home the frequency is agreed with each child and family, and until it is agreed there is no due date.',
  schema: z.number().int().min(1).max(12),
});

export const plannerSetting = defineSetting({
  key: 'reviews.planner',
  group: 'Reviews',
  title: 'Planning many reviews',
  explains:
    'How many weeks ahead are planned, how long a review is, how many a person may have on one day, and whether only times that the chair has released are used.',
  schema: z.object({
    weeks: z.number().int().min(1).max(26),
    minutes: z.number().int().min(15).max(240),
    mostADay: z.number().int().min(1).max(12).nullable(),
    onlyReleased: z.boolean(),
  }),
  default: { weeks: 8, minutes: 60, mostADay: 4, onlyReleased: true },
});

export const reviewSettings = [
  noticeSetting,
  newPlacementSetting,
  councilPeriodsSetting,
  atHomeSetting,
  plannerSetting,
] as const;
