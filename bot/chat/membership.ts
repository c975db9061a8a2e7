import { type ChatTarget, type Clock, DeliveryError, type Notifier } from '../context.js';
import { AppError } from '../errors.js';

/** Who did something in a channel, as Teams says. */
export interface Presser {
  /** Their id in that conversation ('29:…'). */
  readonly memberId: string;
  readonly objectId: string | null;
  readonly tenantId: string;
}

export interface Membership {
  /**
   * Passes for a member of the channel. Throws not-found for anybody else and for somebody of another tenant, forbidden for
   * a guest, unavailable when it could not be checked: the answer is then no (microsoft365.md 1.6).
   */
  check(target: ChatTarget, presser: Presser): Promise<void>;
}

/** Long enough for one look at a card, short enough that whoever is removed from a team is out before the kettle boils. */
const keptMs = 60_000;
const mostKept = 5_000;
const tries = 3;
const pauseMs = 150;

export function createMembership(parts: {
  readonly notifier: Pick<Notifier, 'member'>;
  readonly clock: Clock;
  readonly pause: (ms: number) => Promise<void>;
}): Membership {
  // Only a yes is kept, and never by what the card said: by conversation, id and account.
  const known = new Map<string, number>();

  async function ask(target: ChatTarget, memberId: string) {
    for (let tried = 1; ; tried += 1)
      try {
        return await parts.notifier.member(target, memberId);
      } catch (error) {
        if (!(error instanceof DeliveryError)) throw error;
        if (error.kind === 'gone') return null;
        if (tried === tries || (error.detail.retryAfterMs ?? 0) > 1_000) throw new AppError('unavailable');
        await parts.pause(error.detail.retryAfterMs ?? pauseMs);
      }
  }

  return {
    async check(target, { memberId, objectId, tenantId }) {
      if (!objectId) throw new AppError('not-found');
      const key = [target.botAppId, target.conversationId, memberId, objectId, tenantId].join(' ');
      const now = parts.clock.now().epochMilliseconds;
      const until = known.get(key);
      if (until !== undefined && now < until) return;
      known.delete(key);
      const member = await ask(target, memberId);
      if (member?.objectId !== objectId || member.tenantId !== tenantId) throw new AppError('not-found');
      if (member.guest) throw new AppError('forbidden');
      const oldest = known.keys().next();
      if (known.size >= mostKept && !oldest.done) known.delete(oldest.value);
      known.set(key, now + keptMs);
    },
  };
}
