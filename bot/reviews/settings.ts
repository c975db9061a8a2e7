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

export const reviewSettings = [noticeSetting] as const;
