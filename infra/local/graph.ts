import type { FastifyInstance } from 'fastify';
import { applyFaults } from './faults.js';
import { graphAccess, limitConcurrency } from './graph-access.js';
import { batchRoutes } from './graph-batch.js';
import { calendarViewRoutes } from './graph-calendar-view.js';
import { graphErrors } from './graph-errors.js';
import { eventRoutes } from './graph-events.js';
import { Notifier } from './graph-notifications.js';
import { scheduleRoutes } from './graph-schedule.js';
import { subscriptionRoutes } from './graph-subscriptions.js';
import { createMailboxes, type Mailboxes } from './mailboxes.js';
import { Meetings } from './meetings.js';
import type { Shared } from './shared.js';

export interface Graph {
  readonly mailboxes: Mailboxes;
  readonly meetings: Meetings;
  readonly notifications: Notifier;
  expireDeltaLinks(): void;
  routes(app: FastifyInstance): void;
}

export function createGraph(shared: Shared): Graph {
  const mailboxes = createMailboxes(shared);
  const meetings = new Meetings(shared, mailboxes);
  const notifications = new Notifier(shared);
  meetings.onChange((change) => notifications.changed(change));
  return {
    mailboxes,
    meetings,
    notifications,
    expireDeltaLinks: () => meetings.expireDeltaLinks(),
    routes(app) {
      graphErrors(app, shared);
      limitConcurrency(app);
      applyFaults(app, 'graph', shared.faults);
      const access = graphAccess(app, shared, mailboxes);
      for (const prefix of ['/users/:user', '/users/:user/calendar']) eventRoutes(app, access, meetings, prefix);
      app.get<{ Params: { user: string } }>('/users/:user/calendar', async (request) => {
        const { id, name, address } = access.mailbox(request, request.params.user);
        const providers = {
          allowedOnlineMeetingProviders: ['teamsForBusiness'],
          defaultOnlineMeetingProvider: 'teamsForBusiness',
        };
        return { id, name: 'Calendar', isDefaultCalendar: true, canEdit: true, owner: { name, address }, ...providers };
      });
      scheduleRoutes(app, access, mailboxes, meetings);
      calendarViewRoutes(app, access, meetings);
      subscriptionRoutes(app, access, notifications, shared);
      batchRoutes(app, () => `${shared.url()}/graph/v1.0`);
    },
  };
}
