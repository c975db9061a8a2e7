import { z } from 'zod';
import { defineSetting } from '../people/settings.js';
import { needs, urgencies } from './request.js';

/** What a council decides about requests. */
export const dueTargets = defineSetting({
  key: 'requests.due-targets',
  group: 'Requests',
  title: 'Answer within',
  explains:
    'Working days in which a request is answered, by how soon it was asked for. 0 is the same day. What is left out has no due time.',
  schema: z.partialRecord(z.enum(urgencies), z.number().int().min(0).max(60)),
  refusesWhileUnset: false,
});

export const routingTable = defineSetting({
  key: 'requests.routing',
  group: 'Requests',
  title: 'Who gets which request',
  explains: 'The first line that fits decides. Requests that no line fits go to the whole team.',
  schema: z
    .array(
      z.object({
        need: z.enum(needs).optional(),
        urgency: z.enum(urgencies).optional(),
        clusterId: z.uuid().optional(),
        to: z.string().trim().min(1).max(60),
      }),
    )
    .max(200),
  refusesWhileUnset: false,
});

export const requestSettings = [dueTargets, routingTable] as const;
