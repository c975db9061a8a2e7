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

/** What a test or the start page may do to them; the rest of Notifier is Graph's own. */
export type Notifications = Pick<Notifier, 'setFaults' | 'lifecycle' | 'settled' | 'counts' | 'subscriptions'>;

/** Changes within this time travel in one batch; longer while they are to be reordered, so that there is something to mix. */
const batchMs = 25;
const mixingMs = 250;
const retryAfterMs = [250, 1000];
/** The receiver has to answer within three seconds (microsoft365.md 4.5). */
const answerWithinMs = 3000;

export class Notifier {
  /** Change notifications delivered, doubled, held back, lost on purpose, or given up after three tries. */
  readonly counts = { delivered: 0, duplicated: 0, late: 0, lost: 0, givenUp: 0 };
  readonly #byId: Record<string, Subscription>;
  readonly #outbox = new Map<string, object[]>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #stopped = new AbortController();
  #faults: NotificationFaults = {};
  #flushing = false;

  constructor(private readonly shared: Pick<Shared, 'store' | 'clock' | 'random'>) {
    this.#byId = shared.store.part<Record<string, Subscription>>('subscriptions', () => ({}));
  }

  /** A subscription that was not renewed ends without a word; that is what makes delta the truth. */
  subscriptions(): readonly Subscription[] {
    const now = this.shared.clock.now().epochMilliseconds;
    for (const one of Object.values(this.#byId))
      if (Date.parse(one.expirationDateTime) <= now) Reflect.deleteProperty(this.#byId, one.id);
    return Object.values(this.#byId);
  }

  add(subscription: Subscription): void {
    this.#byId[subscription.id] = subscription;
    this.shared.store.changed();
  }

  remove({ id }: Subscription): void {
    Reflect.deleteProperty(this.#byId, id);
    this.shared.store.changed();
  }

  setFaults(rates: NotificationFaults): void {
    this.#faults = rates;
  }

  changed(change: MeetingChange): void {
    for (const subscription of this.subscriptions()) {
      const concerned =
        subscription.mailboxId === change.item.mailboxId && subscription.changeType.includes(change.kind);
      if (concerned) this.#send(subscription.notificationUrl, changeNotification(subscription, change));
    }
  }

  /** Sent to every subscription that has a lifecycle URL; 'subscriptionRemoved' also removes them. */
  lifecycle(event: LifecycleEvent): void {
    for (const subscription of this.subscriptions()) {
      if (event === 'subscriptionRemoved') this.remove(subscription);
      const url = subscription.lifecycleNotificationUrl;
      if (url) this.#post(url, [lifecycleNotification(subscription, event)]);
    }
  }

  /** Resolves once nothing is on its way any more, late ones included. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  stop(): void {
    this.#stopped.abort();
  }

  #send(url: string, notification: object): void {
    const { random } = this.shared;
    const { lose = 0, late = 0, duplicate = 0, lateMs = 2000 } = this.#faults;
    if (random() < lose) {
      this.counts.lost += 1;
      return;
    }
    const isLate = random() < late;
    const copies = random() < duplicate ? [notification, notification] : [notification];
    this.counts.late += isLate ? 1 : 0;
    this.counts.duplicated += copies.length - 1;
    if (isLate) this.#track(this.#wait(lateMs).then(() => this.#post(url, copies)));
    else this.#post(url, copies);
  }

  #post(url: string, value: object[]): void {
    this.#outbox.set(url, [...(this.#outbox.get(url) ?? []), ...value]);
    if (this.#flushing) return;
    this.#flushing = true;
    this.#track(this.#wait(this.#faults.reorder ? mixingMs : batchMs).then(() => this.#flush()));
  }

  #flush(): void {
    this.#flushing = false;
    for (const [url, value] of this.#outbox) this.#track(this.#deliver(url, this.#mixed(value)));
    this.#outbox.clear();
  }

  #mixed(value: object[]): object[] {
    const { random } = this.shared;
    if (value.length < 2 || random() >= (this.#faults.reorder ?? 0)) return value;
    const placed = value.map((one) => ({ one, place: random() }));
    return placed.sort((a, b) => a.place - b.place).map(({ one }) => one);
  }

  async #deliver(url: string, value: object[]): Promise<void> {
    for (const again of [...retryAfterMs, null]) {
      if (await accepted(url, { value }, this.#stopped.signal)) {
        this.counts.delivered += value.length;
        return;
      }
      if (again !== null) await this.#wait(again);
    }
    this.counts.givenUp += value.length;
  }

  #wait(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#stopped.signal });
  }

  #track(work: Promise<void>): void {
    // Stopping ends what is on its way; there is nobody left to tell.
    const one: Promise<void> = work.catch(() => undefined).finally(() => this.#underWay.delete(one));
    this.#underWay.add(one);
  }
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
