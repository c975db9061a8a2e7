import { setTimeout as pause } from 'node:timers/promises';
import type { MeetingChange } from './meetings.js';
import type { Shared } from './shared.js';

export interface Subscription {
  readonly id: string;
  readonly tenantId: string;
  readonly applicationId: string;
  readonly mailboxId: string;
  readonly resource: string;
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  expirationDateTime: string;
}

export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

/** Probabilities 0..1 for each change notification; `lateMs` (default 2000) is how long a late one is held. */
export interface NotificationFaults {
  readonly duplicate?: number;
  readonly late?: number;
  readonly reorder?: number;
  readonly lose?: number;
  readonly lateMs?: number;
}

export interface Notifications {
  setFaults(rates: NotificationFaults): void;
  /** Sends the lifecycle notification to every subscription that has a lifecycle URL; 'subscriptionRemoved' also removes them. */
  lifecycle(event: LifecycleEvent): void;
  /** Resolves once nothing is on its way any more, late ones included. */
  settled(): Promise<void>;
  /** How many change notifications were delivered, doubled, held back, lost on purpose, or given up after three tries. */
  readonly counts: { delivered: number; duplicated: number; late: number; lost: number; givenUp: number };
  subscriptions(): readonly Subscription[];
}

export interface Notifier extends Notifications {
  readonly byId: Record<string, Subscription>;
  changed(change: MeetingChange): void;
  stop(): void;
}

/** Changes within this time travel in one batch. */
const batchMs = 25;
const retryAfterMs = [250, 1000];
/** The receiver has to answer within three seconds (microsoft365.md 4.5). */
const answerWithinMs = 3000;

export function createNotifier(shared: Pick<Shared, 'store' | 'clock' | 'random'>): Notifier {
  const { store, clock, random } = shared;
  const byId = store.part<Record<string, Subscription>>('subscriptions', () => ({}));
  const counts = { delivered: 0, duplicated: 0, late: 0, lost: 0, givenUp: 0 };
  const outbox = new Map<string, object[]>();
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();
  let faults: NotificationFaults = {};
  let flushing = false;

  function track(work: Promise<void>): void {
    // Stopping ends what is on its way; there is nobody left to tell.
    const one: Promise<void> = work.catch(() => undefined).finally(() => underWay.delete(one));
    underWay.add(one);
  }
  const wait = (ms: number) => pause(ms, undefined, { signal: stopped.signal });

  /** A subscription that was not renewed ends without a word; that is what makes delta the truth. */
  function live(): Subscription[] {
    const now = clock.now().epochMilliseconds;
    for (const { id, expirationDateTime } of Object.values(byId))
      if (Date.parse(expirationDateTime) <= now) delete byId[id];
    return Object.values(byId);
  }

  function post(url: string, value: object[]): void {
    const queued = outbox.get(url) ?? [];
    outbox.set(url, [...queued, ...value]);
    if (flushing) return;
    flushing = true;
    track(wait(batchMs).then(flush));
  }

  function flush(): void {
    flushing = false;
    for (const [url, value] of outbox) track(deliver(url, mixed(value)));
    outbox.clear();
  }

  function mixed(value: object[]): object[] {
    if (value.length < 2 || random() >= (faults.reorder ?? 0)) return value;
    return value
      .map((one) => ({ one, place: random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ one }) => one);
  }

  async function deliver(url: string, value: object[]): Promise<void> {
    for (const again of [...retryAfterMs, null]) {
      if (await accepted(url, { value }, stopped.signal)) return void (counts.delivered += value.length);
      if (again !== null) await wait(again);
    }
    counts.givenUp += value.length;
  }

  function send(url: string, notification: object): void {
    if (random() < (faults.lose ?? 0)) return void (counts.lost += 1);
    const late = random() < (faults.late ?? 0);
    const times = random() < (faults.duplicate ?? 0) ? 2 : 1;
    counts.late += late ? 1 : 0;
    counts.duplicated += times - 1;
    const copies = Array.from({ length: times }, () => notification);
    if (late) track(wait(faults.lateMs ?? 2000).then(() => post(url, copies)));
    else post(url, copies);
  }

  return {
    byId,
    counts,
    subscriptions: live,
    setFaults: (rates) => void (faults = rates),
    changed(change) {
      const concerned = live().filter(
        (one) => one.mailboxId === change.item.mailboxId && one.changeType.includes(change.kind),
      );
      for (const subscription of concerned)
        send(subscription.notificationUrl, changeNotification(subscription, change));
    },
    lifecycle(event) {
      for (const subscription of live()) {
        if (event === 'subscriptionRemoved') delete byId[subscription.id];
        const url = subscription.lifecycleNotificationUrl;
        if (url) post(url, [lifecycleNotification(subscription, event)]);
      }
      store.changed();
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop: () => stopped.abort(),
  };
}

async function accepted(url: string, body: object, stop: AbortSignal): Promise<boolean> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(answerWithinMs)]);
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}

const common = (subscription: Subscription) => ({
  subscriptionId: subscription.id,
  subscriptionExpirationDateTime: subscription.expirationDateTime,
  clientState: subscription.clientState,
  tenantId: subscription.tenantId,
});

function changeNotification(subscription: Subscription, { item, kind }: MeetingChange): object {
  const resource = `Users/${item.mailboxId}/Events/${item.copy.id}`;
  const etag = `W/"${Buffer.from(`change-${item.copy.seq}`).toString('base64')}"`;
  const about = {
    '@odata.type': '#Microsoft.Graph.Event',
    '@odata.id': resource,
    '@odata.etag': etag,
    id: item.copy.id,
  };
  return { ...common(subscription), changeType: kind, resource, resourceData: about };
}

function lifecycleNotification(subscription: Subscription, lifecycleEvent: LifecycleEvent): object {
  return { ...common(subscription), lifecycleEvent, resource: subscription.resource };
}

/** The handshake: the receiver has ten seconds to send the token back as plain text. */
export async function handshake(notificationUrl: string, token: string): Promise<boolean> {
  const url = new URL(notificationUrl);
  url.searchParams.set('validationToken', token);
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, signal }).catch(
    () => null,
  );
  if (answer?.status !== 200 || !answer.headers.get('content-type')?.startsWith('text/plain')) return false;
  return (await answer.text()) === token;
}
