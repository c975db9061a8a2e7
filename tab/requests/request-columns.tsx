import { createColumnHelper } from '@tanstack/react-table';
import type { RequestRow } from '../../bot/requests/contract.js';
import { rowFeatures } from '../ui/row-features.js';
import { When } from '../ui/When.js';
import { say } from '../words.js';
import { Due } from './Due.js';
import { RequestState } from './RequestState.js';

const column = createColumnHelper<typeof rowFeatures, RequestRow>();

/** What a request says about whom it is for, in a few words. */
export function whoFor(row: RequestRow): string {
  const who = row.learner?.label ?? say(`level.${row.level}`);
  return row.learner?.stage ? `${who}, ${row.learner.stage}` : who;
}

export const requestColumns = column.columns([
  column.accessor('reference', { header: say('requests.column.reference') }),
  column.accessor('need', { header: say('requests.column.need'), cell: ({ row }) => say(`need.${row.original.need}`) }),
  column.display({ id: 'who', header: say('requests.column.who'), cell: ({ row }) => whoFor(row.original) }),
  column.display({
    id: 'school',
    header: say('requests.column.school'),
    cell: ({ row }) => row.original.school?.name ?? say('none'),
  }),
  column.accessor('urgency', {
    header: say('requests.column.urgency'),
    cell: ({ row }) => say(`urgency.${row.original.urgency}`),
  }),
  column.display({
    id: 'due',
    header: say('requests.column.due'),
    cell: ({ row }) => <Due request={row.original} short />,
  }),
  column.accessor('state', {
    header: say('requests.column.state'),
    cell: ({ row }) => <RequestState state={row.original.state} />,
  }),
  column.display({
    id: 'assignee',
    header: say('requests.column.assignee'),
    cell: ({ row }) => row.original.assignee?.name ?? say('nobody'),
  }),
  column.accessor('submittedAt', {
    header: say('requests.column.asked'),
    cell: ({ row }) => <When at={row.original.submittedAt} as="ago" />,
  }),
]);

export const requestWidths =
  '6.5rem minmax(8rem, 1.2fr) minmax(9rem, 1.4fr) minmax(8rem, 1.3fr) 6.5rem 9.5rem 8rem minmax(7rem, 1fr) 8.5rem';
