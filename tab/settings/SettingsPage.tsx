import { useParams } from 'react-router';
import { useMay } from '../me.js';
import { paths } from '../paths.js';
import { Panes } from '../shell/Panes.js';
import { ViewLinks, ViewSelect } from '../shell/ViewLinks.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ListFrame } from '../ui/ListFrame.js';
import { desk, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { Calendars } from './Calendars.js';
import { Decisions } from './Decisions.js';
import { Deliveries } from './Deliveries.js';
import { Routing } from './Routing.js';
import { useDeliveries } from './setting-queries.js';

/** What the council has decided, and what could not be delivered. Each is for those whose role includes it. */
export function SettingsPage() {
  const wide = useMedia(desk);
  const { section } = useParams();
  const mayRead = useMay('setting.read');
  const mayDates = useMay('calendar.read');
  const mayDeliver = useMay('delivery.read');
  const deliveries = useDeliveries(mayDeliver);
  const views = [
    { may: mayRead, name: 'decisions', label: say('settings.decisions'), count: null, to: paths.settings() },
    { may: mayRead, name: 'routing', label: say('settings.routing'), count: null, to: paths.routing() },
    { may: mayDates, name: 'calendars', label: say('settings.calendars'), count: null, to: paths.calendars() },
    {
      ...{ may: mayDeliver, name: 'deliveries', label: say('settings.deliveries') },
      ...{ count: deliveries.data?.dead.length ?? null, to: paths.deliveries() },
    },
  ].filter(({ may }) => may);
  const here = views.find(({ name }) => name === section) ?? views[0];
  if (!here) return <EmptyState page title={say('forbidden.title')} explains={say('forbidden.settings')} />;
  const shared = { title: say('page.settings'), views, here: here.name };
  return (
    <Panes
      views={<ViewLinks {...shared} />}
      list={
        <ListFrame label={here.label} top={wide ? null : <ViewSelect {...shared} />}>
          <Section name={here.name} deliveries={deliveries} />
        </ListFrame>
      }
      pane={null}
    />
  );
}

interface SectionProps {
  readonly name: string;
  readonly deliveries: ReturnType<typeof useDeliveries>;
}

function Section({ name, deliveries }: SectionProps) {
  switch (name) {
    case 'routing':
      return <Routing />;
    case 'calendars':
      return <Calendars />;
    case 'deliveries':
      return <Deliveries query={deliveries} />;
    default:
      return <Decisions />;
  }
}
