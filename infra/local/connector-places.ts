import { z } from 'zod';
import type { Json, Shown } from './connector-ledger.js';

export interface Person {
  readonly tenantId: string;
  readonly oid: string;
  readonly name: string;
  readonly email: string;
}

export interface Channel {
  readonly tenantId: string;
  readonly teamId: string;
  readonly teamName: string;
  /** '19:…@thread.tacv2' */
  readonly id: string;
  readonly name: string;
  /** Object ids of the team's members. */
  readonly members: readonly string[];
}

/** An answer other than success, in the connector's own words. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 413 | 429,
    readonly code: string,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

const attachment = z.looseObject({ contentType: z.string(), content: z.unknown().optional() });
const jsonObject = z.record(z.string(), z.unknown());

export const activityBody = z.looseObject({
  type: z.string().default('message'),
  text: z.string().optional(),
  attachments: z.array(attachment).optional(),
});
export type ActivityBody = z.infer<typeof activityBody>;

export const conversationBody = z.looseObject({
  isGroup: z.boolean().optional(),
  tenantId: z.string().optional(),
  members: z.array(z.looseObject({ id: z.string() })).optional(),
  activity: activityBody.optional(),
  channelData: z
    .looseObject({
      channel: z.looseObject({ id: z.string() }).optional(),
      tenant: z.looseObject({ id: z.string() }).optional(),
    })
    .optional(),
});
export type ConversationBody = z.infer<typeof conversationBody>;

export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, 'BadSyntax', 'The body is not what this operation takes.');
}

export function shownBy(activity: ActivityBody, at: string): Shown {
  const adaptive = activity.attachments?.find((one) => one.contentType === 'application/vnd.microsoft.card.adaptive');
  const card = jsonObject.safeParse(adaptive?.content);
  return { at, card: card.success ? card.data : null, text: activity.text ?? null };
}

/** As TeamsInfo.getMember answers. */
export function accountOf(person: Person): Json {
  const [givenName = person.name, ...surname] = person.name.split(' ');
  return {
    id: `29:${person.oid}`,
    aadObjectId: person.oid,
    objectId: person.oid,
    name: person.name,
    givenName,
    surname: surname.join(' '),
    email: person.email,
    userPrincipalName: person.email,
    tenantId: person.tenantId,
    userRole: 'user',
  };
}
