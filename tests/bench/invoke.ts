/** The invoke that every server of the bench answers: a press of *Take* as Teams sends it (microsoft365.md 1.7). */
export interface Press {
  readonly appId: string;
  readonly tenantId: string;
  readonly oid: string;
  readonly serviceUrl: string;
  readonly channelId: string;
  readonly requestId: string;
  readonly version: number;
  readonly nonce: string;
}

export function invokeBody(press: Press): string {
  const data = { v: 1, verb: 'request.take', id: press.requestId, version: press.version, nonce: press.nonce };
  return JSON.stringify({
    name: 'adaptiveCard/action',
    type: 'invoke',
    timestamp: '2026-11-23T09:00:00.000Z',
    localTimestamp: '2026-11-23T09:00:00.000+00:00',
    id: `f:${press.nonce}`,
    channelId: 'msteams',
    serviceUrl: press.serviceUrl,
    from: { id: `29:${press.oid}`, name: 'A member of staff', aadObjectId: press.oid },
    conversation: {
      id: `${press.channelId};messageid=1763888400000`,
      conversationType: 'channel',
      isGroup: true,
      tenantId: press.tenantId,
      name: 'Requests',
    },
    recipient: { id: `28:${press.appId}`, name: 'Golden Thread' },
    entities: [{ locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London', type: 'clientInfo' }],
    channelData: {
      channel: { id: press.channelId },
      team: { id: press.channelId, aadGroupId: press.tenantId },
      tenant: { id: press.tenantId },
      source: { name: 'message' },
      legacy: { replyToId: '1:1' },
    },
    replyToId: '1763888400000',
    value: { action: { type: 'Action.Execute', title: 'Take', verb: 'request.take', data }, trigger: 'manual' },
    locale: 'en-GB',
    localTimezone: 'Europe/London',
  });
}

/** What the anchors answer: a card of the size of ours, made anew each time as a handler would. */
export function anchorCard(reference: string) {
  const facts = ['State', 'About', 'Need', 'School', 'How soon', 'By', 'Who has it'];
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: `Request ${reference}`,
    body: [
      {
        type: 'TextBlock',
        text: `Request ${reference}`,
        size: 'large',
        weight: 'bolder',
        wrap: true,
        style: 'heading',
      },
      { type: 'FactSet', facts: facts.map((title) => ({ title, value: `${title} of ${reference}` })) },
    ],
    actions: [
      {
        type: 'Action.Execute',
        title: 'Take',
        verb: 'request.take',
        data: { reference },
        fallback: { type: 'Action.Submit', title: 'Take', data: { reference } },
      },
    ],
  };
}
