import { createColumnHelper } from '@tanstack/react-table';
import type { RequestRow } from '../../bot/requests/contract.js';
import { type rowFeatures } from '../ui/row-features.js';
import { When } from '../ui/When.js';
import { say } from '../words.js';
import { Due } from './Due.js';
import { RequestState } from './RequestState.js';
import type { ListedRequest } from './use-request-rows.js';

const column = createColumnHelper<typeof rowFeatures, ListedRequest>();

/** What a request says about whom it is for, in a few words. */
export function whoFor(row: RequestRow): string {
  const who = row.learner?.label ?? say(`level.${row.level}`);
  return row.learner?.stage ? `${who}, ${row.learner.stage}` : who;
}

const columns = column.columns([
  column.accessor('reference', { header: say('requests.column.reference') }),
  column.accessor('need', { header: say('requests.column.need'), cell: ({ row }) => say(`need.${row.original.need}`) }),
  column.display({ id: 'who', header: say('requests.column.who'), cell: ({ row }) => whoFor(row.original) }),
  column.display({
    id: 'school',
    header: say('requests.column.school'),
    cell: ({ row }) => row.original.school?.name ?? say('none'),
  }),
  column.display({
    id: 'due',
    header: say('requests.column.due'),
    cell: ({ row }) => <Due request={row.original} short />,
  }),
  column.accessor('state', {
    header: say('requests.column.state'),
    cell: ({ row }) => <RequestState request={row.original} />,
  }),
  column.display({
    id: 'assignee',
    header: say('requests.column.assignee'),
    cell: ({ row }) => row.original.assignee?.name ?? (row.original.mark === 'moved' ? null : say('nobody')),
  }),
]);

const urgent = column.accessor('urgency', {
  header: say('requests.column.urgency'),
  cell: ({ row }) => say(`urgency.${row.original.urgency}`),
});
const asked = column.accessor('submittedAt', {
  id: 'asked',
  header: say('requests.column.asked'),
  cell: ({ row }) => <When at={row.original.submittedAt} as="ago" />,
});

/** What there is room for, with the widths as CSS grid-template-columns; `roomy` from about 1500 px. */
export function requestLayout(roomy: boolean) {
  const widths = '6rem minmax(0, 1.2fr) minmax(0, 1.4fr) minmax(0, 1.3fr) 10.5rem 9.5rem minmax(0, 1fr)';
  return roomy
    ? { columns: column.columns([...columns, urgent, asked]), widths: `${widths} 6.5rem 9rem` }
    : { columns, widths };
}
