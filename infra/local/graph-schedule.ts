import type { FastifyInstance } from 'fastify';
import type { GraphAccess } from './graph-access.js';
import { scheduleInput, type ScheduleInput } from './graph-event-input.js';
import { preferences } from './graph-events.js';
import { graphTime } from './graph-time.js';
import { overlaps, showsAs, type Item } from './meeting.js';
import type { Mailboxes } from './mailboxes.js';
import type { Meetings } from './meetings.js';
import type { ShowAs } from './shared.js';

/** getSchedule's digits; 4 is what one page of the documentation lists for working elsewhere. */
const digit: Readonly<Record<ShowAs, string>> = {
  free: '0',
  tentative: '1',
  busy: '2',
  oof: '3',
  workingElsewhere: '4',
};
/** Which of several overlapping appointments a slot shows. */
const weight: readonly ShowAs[] = ['free', 'workingElsewhere', 'tentative', 'busy', 'oof'];
const mostEntries = 1000;

export function scheduleRoutes(
  app: FastifyInstance,
  access: GraphAccess,
  mailboxes: Mailboxes,
  meetings: Meetings,
): void {
  app.post<{ Params: { user: string } }>('/users/:user/calendar/getSchedule', async (request) => {
    const asking = access.mailbox(request, request.params.user);
    const { zone } = preferences(request);
    const input = scheduleInput(request.body);
    const value = input.schedules.map((scheduleId) => {
      const mailbox = mailboxes.find(asking.tenantId, scheduleId);
      return mailbox ? schedule(scheduleId, meetings.itemsOf(mailbox.id), input, zone) : unresolved(scheduleId);
    });
    return {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.scheduleInformation)',
      value,
    };
  });
}

/** An address outside the tenant, or of nobody, is an error inside a 200. */
function unresolved(scheduleId: string): object {
  const message = `Unable to resolve e-mail address ${scheduleId} to an Active Directory object.`;
  return failed(scheduleId, message, 'ErrorMailRecipientNotFound');
}

function failed(scheduleId: string, message: string, responseCode: string): object {
  return { scheduleId, availabilityView: '', scheduleItems: [], error: { message, responseCode } };
}

function schedule(scheduleId: string, items: readonly Item[], input: ScheduleInput, zone: string): object {
  const shown = items
    .filter((item) => !item.copy.removed && overlaps(item.meeting, input.from, input.until) && showsAs(item) !== 'free')
    .sort((a, b) => Date.parse(a.meeting.startAt) - Date.parse(b.meeting.startAt));
  if (shown.length > mostEntries)
    return failed(scheduleId, 'The result set contains too many calendar entries.', '5006');
  return {
    scheduleId,
    availabilityView: availabilityView(shown, input),
    scheduleItems: shown.map((item) => scheduleItem(item, zone)),
    workingHours: {
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      startTime: '09:00:00.0000000',
      endTime: '17:00:00.0000000',
      timeZone: { name: 'GMT Standard Time' },
    },
  };
}

function scheduleItem(item: Item, zone: string): object {
  const { meeting } = item;
  const isPrivate = meeting.sensitivity === 'private' || meeting.sensitivity === 'confidential';
  return {
    isPrivate,
    status: showsAs(item),
    ...(isPrivate ? {} : { subject: meeting.subject, location: meeting.location ?? '' }),
    start: graphTime(meeting.startAt, zone),
    end: graphTime(meeting.endAt, zone),
  };
}

function availabilityView(shown: readonly Item[], { from, until, intervalMinutes }: ScheduleInput): string {
  const step = intervalMinutes * 60_000;
  const slots = Array.from({ length: Math.ceil((until - from) / step) }, (_, index) => from + index * step);
  return slots.map((slot) => digit[strongest(shown, slot, Math.min(slot + step, until))]).join('');
}

function strongest(shown: readonly Item[], from: number, until: number): ShowAs {
  const here = shown.filter(({ meeting }) => overlaps(meeting, from, until)).map(showsAs);
  return here.reduce<ShowAs>((most, one) => (weight.indexOf(one) > weight.indexOf(most) ? one : most), 'free');
}
