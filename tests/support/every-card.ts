import { Temporal } from 'temporal-polyfill';
import type { CardJson } from '../../bot/chat/cards/card.js';
import * as channel from '../../bot/chat/cards/channel-cards.js';
import * as glass from '../../bot/chat/cards/glass-card.js';
import * as join from '../../bot/chat/cards/join-cards.js';
import * as notices from '../../bot/chat/cards/notice-cards.js';
import * as plain from '../../bot/chat/cards/plain-cards.js';
import * as request from '../../bot/chat/cards/request-card.js';
import * as review from '../../bot/chat/cards/review-card.js';
import * as welcome from '../../bot/chat/cards/welcome-card.js';
import { errorCodes } from '../../bot/errors.js';
import { noticeKinds } from '../../bot/requests/notices.js';
import { addAskingCards, askingMakers } from './asking-cards.js';
import { levels, needs, requestStates, urgencies } from '../../bot/requests/request.js';
import { reviewStates, type ServiceAnswer } from '../../bot/reviews/review.js';

/** What draws cards. A function in bot/chat/cards whose name ends in Card is one that everyCard must draw. */
export const cardMakers = {
  ...channel,
  ...glass,
  ...join,
  ...notices,
  ...plain,
  ...request,
  ...askingMakers,
  ...review,
  ...welcome,
};

export interface Drawn {
  readonly maker: keyof typeof cardMakers;
  readonly name: string;
  readonly draw: () => CardJson;
}

const id = '0198c5d0-0000-7000-8000-000000000001';
const at = Temporal.Instant.from('2026-11-23T10:00:00Z');
const tabUrl = 'https://teams.microsoft.com/l/entity/app/golden-thread?context=%7B%7D';

/** Every card in every state, always in the same order, with `words` wherever it shows something that a person wrote. */
export function everyCard(words: string): Drawn[] {
  const drawn: Drawn[] = [];
  const add = (maker: Drawn['maker'], name: string, draw: () => CardJson) => drawn.push({ maker, name, draw });
  const protection = { police: words, socialWork: words, outOfHours: words };
  const nonce = 'NONCE0NONCE0NONC';
  for (const numbers of [protection, null])
    for (const virtualSchool of [{ name: words, telephone: words }, { name: words, telephone: null }, null])
      for (const notUnderstood of [true, false])
        add('welcomeCard', 'welcome', () =>
          welcome.welcomeCard({
            virtualSchool,
            protection: numbers,
            nonce,
            notUnderstood,
            begunAt: notUnderstood ? at : null,
          }),
        );
  for (const code of errorCodes) add('refusalCard', code, () => plain.refusalCard(code));
  add('concernCard', 'numbers', () => plain.concernCard(protection));
  add('formClearedCard', 'expired', () => plain.formClearedCard('expired'));
  add('requestGoneCard', 'gone', () => plain.requestGoneCard());
  for (const what of ['person', 'channel'] as const) add('boundCard', what, () => plain.boundCard(what));
  add('messageMePersonallyCard', 'in a channel', () => plain.messageMePersonallyCard());
  for (const count of [0, 1, 9])
    add('myRequestsCard', `${count}`, () => plain.myRequestsCard(ownRequests(count), nonce));
  add('joinAskedCard', 'asked', () => join.joinAskedCard());
  for (const count of [0, 1, 3])
    add('joinWaitingCard', `${count}`, () => join.joinWaitingCard(waiting(words, count), nonce));
  for (const outcome of ['joined', 'refused'] as const)
    add('joinDecidedCard', outcome, () => join.joinDecidedCard(outcome));
  addAskingCards(add, words);
  for (const view of requestViews(words, nonce)) {
    add('channelCard', view.state, () => request.channelCard(view));
    add('askerCard', view.state, () => request.askerCard(view));
    for (const lastWord of [{ body: words, by: words }, null])
      for (const wants of [true, false])
        add('askerOwnCard', view.state, () => request.askerOwnCard(view, lastWord, wants));
  }
  const pressed = { requestId: id, reference: 'VS-ABC123', version: 3, nonce };
  for (const open of [0, 1, 7]) add('giveCard', `${open} open`, () => channel.giveCard(pressed, takers(words, open)));
  add('giveCard', 'nobody', () => channel.giveCard(pressed, []));
  add('questionCard', 'empty', () => channel.questionCard(pressed, protection));
  for (const url of [null, tabUrl])
    add('glassCard', url ? 'with a link' : 'without', () => glass.glassCard({ tabUrl: url }));
  add('unboundCard', 'unbound', () => channel.unboundCard());
  for (const url of [tabUrl, null]) {
    for (const about of noticeKinds)
      add('noticeCard', about, () => notices.noticeCard({ about, requestId: id, tabUrl: url }));
    add('requestStubCard', 'stub', () => request.requestStubCard('VS-ABC123', id, url));
    add('reviewStubCard', 'stub', () => review.reviewStubCard('VR-ABC123', url));
    for (const view of reviewViews())
      for (const toAttendee of [true, false])
        add('reviewCard', view.state, () => review.reviewCard(view, { tabUrl: url, toAttendee }));
  }
  return drawn;
}

function takers(words: string, open: number): channel.Taker[] {
  return [null, '2026-12-04'].map((awayUntil) => ({ id, name: words, open, awayUntil }));
}

function waiting(words: string, count: number): join.Waiting[] {
  return Array.from({ length: count }, () => ({ id, name: words, tenant: words }));
}

function ownRequests(count: number): plain.OwnRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ requestId: id, reference: `VS-ABC12${index}`, version: 1 },
    need: turn(needs, index),
    state: turn(requestStates, index),
  }));
}

/** Each state with and without everything that may be there; level, need and urgency take turns. */
function requestViews(words: string, nonce: string): request.RequestCardProps[] {
  const answers = review('social-work', 'education', 'carer');
  return requestStates.flatMap((state, index) => {
    const bare: request.RequestCardProps = {
      ...{ requestId: id, reference: 'VS-ABC123', version: index + 1, state, nonce },
      ...{ level: turn(levels, index), need: turn(needs, index), urgency: turn(urgencies, index) },
      ...{
        where: null,
        assignee: null,
        dueAt: null,
        overdue: false,
        repliedAt: null,
        phoneThem: false,
        tabUrl: null,
        review: null,
        notice: null,
      },
    };
    const full = {
      ...bare,
      where: words,
      assignee: words,
      dueAt: at,
      overdue: true,
      repliedAt: at,
      phoneThem: true,
      tabUrl,
      notice: 'stale' as const,
    };
    const reviews = (['yes', 'no', 'not-yet'] as const).map((joint) => ({
      ...full,
      review: { reference: 'VR-ABC123', startsAt: at, joint, answers },
    }));
    return [bare, full, ...reviews];
  });

  function review(...services: ServiceAnswer['service'][]): ServiceAnswer[] {
    return services.map((service, index) => ({
      service,
      invited: 2,
      accepted: index,
      declined: index % 2,
      tentative: 0,
    }));
  }
}

function reviewViews() {
  return reviewStates.flatMap((state) =>
    (['yes', 'no', 'not-yet'] as const).map((joint, index) => ({
      ...{ reviewId: id, reference: 'VR-ABC123', version: 1, state, startsAt: at, online: index % 2 === 0, joint },
      answers: [{ service: 'social-work' as const, invited: 2, accepted: 1, declined: index, tentative: 0 }],
    })),
  );
}

function turn<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('an empty list has no turns');
  return found;
}
