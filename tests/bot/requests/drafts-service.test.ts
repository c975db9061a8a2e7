import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDraft, saveDraft } from '../../../bot/requests/drafts-service.js';
import { type RequestWorld, requestWorld } from '../../support/request-world.js';

let world: RequestWorld;
beforeAll(async () => {
  world = await requestWorld();
});
afterAll(() => world.close());

test('a form that is opened by several presses at once is one form, and whoever was shown it can go on', async () => {
  for (let round = 0; round < 10; round += 1) {
    const asker = await world.person(['pupil-support'], { schoolId: world.school.schoolId });
    const drafts = await Promise.all(Array.from({ length: 4 }, () => openDraft(asker)));
    expect(new Set(drafts.map(({ draftId }) => draftId)).size).toBe(1);
    for (const { draftId } of drafts) await saveDraft(asker, draftId, {}, { step: 'who', notConcern: true });
  }
});
