import type { FastifyInstance, FastifyReply } from 'fastify';
import { actorAmong } from '../access/arrival.js';
import type { Directory } from '../access/resolve.js';
import type { Actor } from '../access/roles.js';
import { type ChatTarget, type Context, DeliveryError, type Notifier } from '../context.js';
import { firstSeen } from '../db/inbox.js';
import { AppError, isAppError } from '../errors.js';
import { describeError, type Log } from '../log.js';
import { askToJoin, schoolNamed } from '../people/joining-service.js';
import { runCardAction } from './card-actions.js';
import type { CardJson } from './cards/card.js';
import { joinAskedCard } from './cards/join-cards.js';
import { refusalCard } from './cards/plain-cards.js';
import { answerChanged, answerMessage } from './commands.js';
import { answerExtension, refusedExtension } from './extension.js';
import type { InboundGuard, Passed } from './inbound-guard.js';
import type { Membership } from './membership.js';
import { answerPrivately } from './privately.js';
import { baseConversation, type CardAction, readCardAction, replayKeys } from './inbound.js';

export interface ChatOptions {
  readonly guard: InboundGuard;
  readonly directory: Directory;
  readonly contextFor: (actor: Actor) => Context;
  readonly log: Log;
  readonly tabUrlOf: (kind: 'request' | 'review', id: string) => string | null;
  /** Binds an unknown person by the code they typed; false when there is no such code. */
  readonly bindByCode: (tenantId: string, objectId: string, code: string) => Promise<boolean>;
  readonly notifier: Notifier;
  readonly membership: Membership;
  readonly pause: (ms: number) => Promise<void>;
  /** Wakes the delivery worker after a commit, so that nobody waits for its next look. */
  readonly nudge: () => void;
  /** Overridden by tests that plant a defect; production never sets it. */
  readonly seenBefore?: typeof firstSeen;
}

const cardType = 'application/vnd.microsoft.card.adaptive';

/**
 * POST /api/messages: guard, then who it is, then what they did. The SDK's own pipeline is not used here: the guard has
 * already done its work, and does what the SDK leaves out (infra/decisions).
 */
export function chatRoutes(app: FastifyInstance, options: ChatOptions): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 1024 * 1024 }, (_request, body, done) =>
    done(null, body),
  );
  app.post('/api/messages', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const passed = await options.guard(request.raw.rawHeaders, body);
    if (!passed.ok) {
      options.log('warn', 'chat.refused', { reason: passed.reason, status: passed.status });
      return reply.code(passed.status).send();
    }
    return handle(options, passed, reply);
  });
}

async function handle(options: ChatOptions, passed: Passed, reply: FastifyReply) {
  const { activity } = passed;
  const action = readCardAction(activity);
  if (activity.type === 'invoke') {
    if (activity.name?.startsWith('composeExtension/')) return extension(options, passed, reply);
    if (activity.name !== 'adaptiveCard/action') return reply.code(501).send();
    const card = action ? await pressed(options, passed, action) : refusalCard('not-found');
    return reply.code(200).send({ statusCode: 200, type: cardType, value: card });
  }
  if (activity.type === 'message' && action) {
    // The client knows only Action.Submit: its answer cannot replace the card, so the message is updated instead.
    const card = await pressed(options, passed, action);
    const inChannel = activity.conversation.type !== 'personal';
    // In a channel the card is everybody's: only the presser is answered, and the card follows by the outbox.
    if (inChannel) await answerPrivately(options, passed, targetOf(passed), card);
    else await show(options, passed, card, activity.replyToId);
  } else if (activity.type === 'message') {
    await message(options, passed);
  } else if (activity.type === 'messageUpdate' || activity.type === 'messageDelete') {
    await changedInTeams(options, passed);
  } else if (activity.type === 'conversationUpdate' || activity.type === 'installationUpdate') {
    await arrived(options, passed);
  }
  return reply.code(200).send();
}

function targetOf(passed: Passed): ChatTarget {
  return {
    tenantId: passed.tenantId,
    botAppId: passed.appId,
    serviceUrl: passed.activity.serviceUrl,
    conversationId: baseConversation(passed.activity),
  };
}

async function contextOf(options: ChatOptions, passed: Passed): Promise<Context> {
  const objectId = passed.activity.from.aadObjectId;
  const { people, chosen, conversation: known } = passed.arrival;
  const actor = actorAmong(people, chosen);
  const personal = passed.activity.conversation.type === 'personal';
  const target = targetOf(passed);
  const ctx = options.contextFor(actor);
  // A card pressed in a channel counts only in the channel that the presser's own authority bound.
  const action = readCardAction(passed.activity);
  if (!personal && action && known?.authorityId !== actor.authorityId) throw new AppError('not-found');
  if (!known || known.serviceUrl !== target.serviceUrl || isOld(ctx, known.lastSeenAt)) {
    const kind = personal ? 'personal' : 'channel';
    await options.directory.seen({ ...target, kind, authorityId: null, objectId: personal ? objectId : null });
  }
  return ctx;
}

/** The address is refreshed once a day: a write for every press would tell nobody more. */
function isOld(ctx: Context, lastSeenAt: Date): boolean {
  return ctx.clock.now().epochMilliseconds - lastSeenAt.getTime() > 24 * 60 * 60 * 1000;
}

/** Whatever is done in a channel is done by a member of it, and never by a guest (microsoft365.md 1.6). */
async function checkMember({ membership }: ChatOptions, passed: Passed): Promise<void> {
  const { conversation, from } = passed.activity;
  if (conversation.type === 'personal') return;
  const presser = { memberId: from.id, objectId: from.aadObjectId, tenantId: passed.tenantId };
  await membership.check(targetOf(passed), presser);
}

async function pressed(options: ChatOptions, passed: Passed, action: CardAction): Promise<CardJson> {
  try {
    const ctx = await contextOf(options, passed);
    await checkMember(options, passed);
    const inChannel = passed.activity.conversation.type !== 'personal';
    const target = targetOf(passed);
    const { tabUrlOf } = options;
    return await runCardAction({ ctx, action, target, activityId: passed.activity.replyToId, inChannel, tabUrlOf });
  } catch (error) {
    if (isAppError(error)) return refusalCard(error.code);
    options.log('error', 'chat.failed', describeError(error));
    return refusalCard('unavailable');
  } finally {
    options.nudge();
  }
}

async function message(options: ChatOptions, passed: Passed): Promise<void> {
  const text = plainText(passed);
  try {
    const ctx = await contextOf(options, passed);
    await checkMember(options, passed);
    if (await repeated(options, passed, ctx)) return;
    const source = replayKeys(passed.activity).conversationKey;
    const { teamId } = passed.activity.channelData;
    const inChannel = passed.activity.conversation.type !== 'personal';
    await show(
      options,
      passed,
      await answerMessage({ ctx, target: targetOf(passed), inChannel, text, source, teamId }),
      null,
    );
  } catch (error) {
    if (isAppError(error, 'not-bound')) return unknownPerson(options, passed, text);
    if (!isAppError(error)) options.log('error', 'chat.failed', describeError(error));
    await show(options, passed, refusalCard(isAppError(error) ? error.code : 'unavailable'), null);
  }
}

/** The message extension's search and dialogs. They come from any conversation, and no conversation is learned from them. */
async function extension(options: ChatOptions, passed: Passed, reply: FastifyReply) {
  const { activity } = passed;
  const [name, value] = [activity.name ?? '', activity.value ?? {}];
  const { tabUrlOf } = options;
  try {
    if (!activity.from.aadObjectId) throw new AppError('not-bound');
    const ctx = options.contextFor(await options.directory.actorFor(passed.tenantId, activity.from.aadObjectId));
    const body = await answerExtension({ ctx, name, value, target: targetOf(passed), tabUrlOf });
    return await (body ? reply.code(200).send(body) : reply.code(501).send());
  } catch (error) {
    if (!isAppError(error)) options.log('error', 'chat.failed', describeError(error));
    const card = refusalCard(isAppError(error) ? error.code : 'unavailable');
    return await reply.code(200).send(refusedExtension(name, card));
  } finally {
    options.nudge();
  }
}

/** Somebody edited or deleted a message of theirs in Teams: what began with it follows, or says so. */
async function changedInTeams(options: ChatOptions, passed: Passed): Promise<void> {
  const source = replayKeys(passed.activity).conversationKey;
  if (passed.activity.conversation.type !== 'personal' || !source) return;
  try {
    const ctx = await contextOf(options, passed);
    const text = passed.activity.type === 'messageDelete' ? null : plainText(passed);
    const card = await answerChanged({ ctx, source, text });
    if (card) await show(options, passed, card, null);
  } catch (error) {
    if (!isAppError(error)) options.log('error', 'chat.failed', describeError(error));
  }
}

async function repeated(options: ChatOptions, passed: Passed, ctx: Context): Promise<boolean> {
  const { conversationKey } = replayKeys(passed.activity);
  const activityId = passed.activity.id;
  if (!conversationKey || !activityId) return false;
  const seen = options.seenBefore ?? firstSeen;
  const delivery = { conversationKey, activityId, digest: passed.digest };
  return !(await ctx.db.transact(ctx.actor, ctx.clock, (trx) => seen(ctx, trx, delivery)));
}

/** Somebody no list names yet: a code that they were given is the only thing they can say. */
async function unknownPerson(options: ChatOptions, passed: Passed, text: string): Promise<void> {
  const code = /^code\s+([0-9a-z-]{6,40})$/i.exec(text)?.[1];
  const objectId = passed.activity.from.aadObjectId;
  const bound = code && objectId ? await options.bindByCode(passed.tenantId, objectId, code) : false;
  const school = /^please add me(?: at| to)?\s+(.{2,120})$/i.exec(text)?.[1];
  if (school && objectId) {
    await askToBeAdded(options, passed, objectId, school);
    return show(options, passed, joinAskedCard(), null);
  }
  const { conversationId } = targetOf(passed);
  const at = { tenantId: passed.tenantId, botAppId: passed.appId, objectId, conversationId };
  const arrival = bound ? await options.directory.arrival(at) : null;
  if (arrival) await message(options, { ...passed, arrival, activity: { ...passed.activity, id: null, text: 'hi' } });
  else await show(options, passed, refusalCard('not-bound'), null);
}

/** The name that the designated manager sees is the roster's. Without one nothing is asked: the check failed closed. */
async function askToBeAdded(options: ChatOptions, passed: Passed, objectId: string, school: string): Promise<void> {
  const directoryName = await options.notifier.memberName(targetOf(passed), passed.activity.from.id).catch(() => null);
  if (!directoryName) return;
  for (const authorityId of await options.directory.authoritiesIn(passed.tenantId)) {
    const ctx = options.contextFor({ kind: 'system', authorityId, job: 'chat.ask-to-join' });
    const schoolId = await schoolNamed(ctx, school);
    if (schoolId) await askToJoin(ctx, { tenantId: passed.tenantId, objectId, directoryName, schoolId });
  }
}

/**
 * Installed for a person: greet them, once. Teams tells the same arrival a second time as a conversationUpdate, and tells it
 * anew after each reinstallation; whoever is known here has been greeted. Other arrivals and departures ask for nothing.
 */
async function arrived(options: ChatOptions, passed: Passed): Promise<void> {
  const { activity } = passed;
  const installed = activity.type === 'installationUpdate' && activity.action === 'add';
  if (!installed || activity.conversation.type !== 'personal' || !activity.from.aadObjectId) return;
  if (!passed.arrival.conversation) await message(options, { ...passed, activity: { ...activity, text: 'hi' } });
}

/** Typed text without the mentions of the bot, which are taken out by their own wording. */
function plainText({ activity }: Passed): string {
  let text = activity.text ?? '';
  for (const mention of activity.mentions) text = text.replace(mention.text, ' ');
  return text.replace(/\s+/g, ' ').trim();
}

/** A turn has ten seconds (microsoft365.md 1.4): one short wait fits in it. */
const longestPauseMs = 3_000;

/** Says it in the turn. When that fails nothing is lost: it can be asked again, and state cards travel by the outbox. */
async function show(options: ChatOptions, passed: Passed, card: CardJson, replacing: string | null): Promise<void> {
  const target = { ...targetOf(passed), conversationId: passed.activity.conversation.id };
  const { notifier } = options;
  const message = { card, summary: summaryOf(card) };
  const send = async () => {
    if (replacing) await notifier.update(target, replacing, message);
    else await notifier.post(target, message);
  };
  try {
    await send().catch(async (error: unknown) => {
      if (!(error instanceof DeliveryError) || error.kind !== 'retry') throw error;
      await options.pause(Math.min(error.detail.retryAfterMs ?? 1_000, longestPauseMs));
      await send();
    });
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const { status } = error.detail;
    options.log('warn', 'chat.answer-not-sent', { reason: error.kind, ...(status ? { status } : {}) });
    if (error.kind === 'gone') await options.directory.block(passed.appId, target.conversationId);
  }
}

function summaryOf(card: CardJson): string {
  return typeof card['speak'] === 'string' ? card['speak'] : '';
}
