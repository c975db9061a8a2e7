import { z } from 'zod';
import { defineSetting } from '../people/settings.js';
import { levels, needs, urgencies } from './request.js';

const targets = z.partialRecord(z.enum(urgencies), z.number().int().min(0).max(60));

/** What a council decides about requests. */
export const dueTargets = defineSetting({
  key: 'requests.due-targets',
  group: 'Requests',
  title: 'Answer within',
  explains:
    'Working days in which a request is answered, by how soon it was asked for; a need may have targets of its own. 0 is the same day. What is left out has no due time.',
  // Until needs could have their own, the value was the targets alone.
  schema: z.preprocess(
    (value) => (isRecord(value) && !('all' in value) && !('byNeed' in value) ? { all: value } : value),
    z.object({ all: targets.default({}), byNeed: z.partialRecord(z.enum(needs), targets).default({}) }),
  ),
  refusesWhileUnset: false,
});

const name = z.string().trim().min(1).max(60);
const destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queue'), name }),
  z.object({ kind: z.literal('pool'), poolId: z.string().min(1).max(64) }),
  z.object({ kind: z.literal('person'), personId: z.uuid() }),
  z.object({ kind: z.literal('worker') }),
  z.object({ kind: z.literal('channel'), channelId: z.string().min(1).max(400) }),
]);

const routingLine = z.object({
  need: z.enum(needs).optional(),
  level: z.enum(levels).optional(),
  urgency: z.enum(urgencies).optional(),
  schoolId: z.uuid().optional(),
  clusterId: z.uuid().optional(),
  locality: z.string().trim().min(1).max(80).optional(),
  to: destination,
});

const pool = z.object({
  id: z.string().min(1).max(64),
  name,
  members: z.array(z.uuid()).max(60),
  channelId: z.string().min(1).max(400).optional(),
});

export const routingTable = defineSetting({
  key: 'requests.routing',
  group: 'Requests',
  title: 'Who gets which request',
  explains:
    'The first line that fits, and leads to somebody who is here, decides. Requests that no line fits go to the whole team.',
  // Until there were pools and people, the value was the lines alone and each named a queue.
  schema: z.preprocess(
    (value) => (Array.isArray(value) ? { pools: [], lines: value.map(ofQueue) } : value),
    z
      .object({ pools: z.array(pool).max(40).default([]), lines: z.array(routingLine).max(200).default([]) })
      .refine(({ pools }) => new Set(pools.map(({ id }) => id)).size === pools.length, 'each pool once')
      .refine(
        ({ pools, lines }) => lines.every(({ to }) => to.kind !== 'pool' || pools.some(({ id }) => id === to.poolId)),
        'a line names a pool that is not there',
      ),
  ),
  refusesWhileUnset: false,
});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ofQueue(line: unknown): unknown {
  return isRecord(line) && typeof line['to'] === 'string' ? { ...line, to: { kind: 'queue', name: line['to'] } } : line;
}

export const waitingRules = defineSetting({
  key: 'requests.waiting',
  group: 'Requests',
  title: 'While we wait for the school',
  explains:
    'School days in which the school answers our question; then, how many more before its designated manager is told, and how many more before we telephone. Unset, nobody is reminded.',
  schema: z.object({
    replyWithin: z.number().int().min(0).max(30),
    managerAfter: z.number().int().min(0).max(30),
    phoneAfter: z.number().int().min(0).max(30),
  }),
  refusesWhileUnset: false,
});

export const ladder = defineSetting({
  key: 'requests.ladder',
  group: 'Requests',
  title: 'When nobody moves',
  explains:
    'Who is told, and after how many office hours: when nobody has taken a request, when it is nearly due or overdue, and when a service has not said whether it takes what was passed to it. Each step happens once.',
  schema: z
    .array(
      z.object({
        when: z.enum(['untaken', 'before-due', 'overdue', 'transfer-unaccepted']),
        hours: z.number().min(0).max(400),
        tell: z.enum(['assignee', 'head', 'channel', 'person']),
        personId: z.uuid().optional(),
      }),
    )
    .max(20)
    .refine((steps) => steps.every(({ tell, personId }) => tell !== 'person' || personId !== undefined), 'say who'),
  refusesWhileUnset: false,
});

export const otherServices = defineSetting({
  key: 'requests.services',
  group: 'Requests',
  title: 'Services that requests are passed to',
  explains: 'Names and telephones of other services. A request can be passed only to one of these.',
  schema: z
    .array(z.object({ name: z.string().trim().min(1).max(80), telephone: z.string().trim().max(30).optional() }))
    .max(60),
  refusesWhileUnset: false,
});

export const designatedManagerSetting = defineSetting({
  key: 'requests.designated-manager',
  group: 'Requests',
  title: 'The designated manager and requests by others',
  explains:
    "Requests about a learner that others make are copied to the school's designated manager, or go through them: then a request waits for their press.",
  schema: z.enum(['not-told', 'copied', 'through']),
  default: 'not-told',
});

export const exclusionSetting = defineSetting({
  key: 'requests.exclusion',
  group: 'Requests',
  title: 'When exclusion or sending home is being considered today',
  explains:
    'Whom a school telephones at once, and who is told next, in turn, when nobody answers within so many minutes of the office being open.',
  schema: z.object({
    telephone: z.string().trim().min(3).max(30),
    minutes: z.number().int().min(1).max(240),
    ladder: z.array(z.uuid()).max(8),
  }),
});

export const guidanceSetting = defineSetting({
  key: 'requests.guidance',
  group: 'Requests',
  title: 'Guidance that schools can find in chat',
  explains: 'Short answers, each with its owner and the day by which it is looked at again.',
  schema: z
    .array(
      z.object({
        title: z.string().trim().min(1).max(80),
        text: z.string().trim().min(1).max(600),
        link: z.url({ protocol: /^https$/ }).nullable(),
        owner: z.string().trim().min(1).max(80),
        reviewBy: z.iso.date(),
      }),
    )
    .max(100),
  default: [],
});

export const requestSettings = [
  dueTargets,
  routingTable,
  waitingRules,
  ladder,
  otherServices,
  designatedManagerSetting,
  exclusionSetting,
  guidanceSetting,
] as const;
