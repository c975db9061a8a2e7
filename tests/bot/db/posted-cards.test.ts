import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { getCard, placeCard, updateCard } from '../../../bot/db/posted-cards.js';
import { requestWorld, type RequestWorld } from '../../support/request-world.js';

let world: RequestWorld;
beforeAll(async () => {
  world = await requestWorld();
});
afterAll(() => world.close());

test('a card keeps the message that it was first known by, whoever posts it again', async () => {
  const ctx = world.officer;
  const aggregateId = randomUUID();
  const target = { tenantId: randomUUID(), botAppId: 'bot', serviceUrl: 'https://x', conversationId: '19:a' };
  const shown = await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    await placeCard(ctx, trx, { kind: 'request-channel', aggregateId, personId: null, target, activityId: null });
    const rows = await trx
      .selectFrom('posted_card')
      .select('card_id')
      .where('aggregate_id', '=', aggregateId)
      .execute();
    const cardId = rows[0]?.card_id ?? '';
    await updateCard(ctx, trx, cardId, { activity_id: 'first' });
    await updateCard(ctx, trx, cardId, { activity_id: 'second', shown_version: 3 });
    return getCard(ctx, trx, cardId);
  });
  expect(shown).toMatchObject({ activity_id: 'first', shown_version: 3 });
});
