import { z } from 'zod';
import { defineSetting } from '../people/settings.js';

/** What a council decides about the register and the files that fill it. */
export const keepUploadsSetting = defineSetting({
  key: 'learners.keep-uploads',
  group: 'Register',
  title: 'How long uploaded files are kept',
  explains:
    'Days after which an uploaded extract itself is removed. What was taken from it stays, each value with its source.',
  schema: z.number().int().min(1).max(90),
  default: 14,
});

export const extractAlarmsSetting = defineSetting({
  key: 'learners.extract-alarms',
  group: 'Register',
  title: 'When an extract looks wrong',
  explains:
    'Shares, in per cent, from which somebody has to confirm before an extract is taken: fewer records than last time, rows rejected, records changed.',
  schema: z.object({
    fewerPercent: z.number().int().min(1).max(100),
    rejectedPercent: z.number().int().min(1).max(100),
    changedPercent: z.number().int().min(1).max(100),
  }),
  default: { fewerPercent: 20, rejectedPercent: 10, changedPercent: 50 },
});

export const secondPersonSetting = defineSetting({
  key: 'learners.second-person',
  group: 'Register',
  title: 'A second person for matches',
  explains: 'When two records are said to be one child, a second person has to agree before they are joined.',
  schema: z.boolean(),
  default: false,
});

export const learnerSettings = [keepUploadsSetting, extractAlarmsSetting, secondPersonSetting] as const;
