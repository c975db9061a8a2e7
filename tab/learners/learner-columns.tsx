import { createColumnHelper } from '@tanstack/react-table';
import type { RegisterRow } from '../../bot/learners/register-contract.js';
import { type rowFeatures } from '../ui/row-features.js';
import { say, wordFor } from '../words.js';

const column = createColumnHelper<typeof rowFeatures, RegisterRow>();

/** '2012-03-12' as '12/03/2012': an exact day, as on every form. */
export function dayOf(on: string | null | undefined): string {
  return on ? on.split('-').reverse().join('/') : say('learners.notKnown');
}

export function statusOf(row: RegisterRow): string {
  return row.status === undefined ? '' : (wordFor('status', row.status) ?? row.status);
}

export const learnerColumns = column.columns([
  column.accessor('name', { header: say('learners.column.name') }),
  column.accessor('stage', { header: say('learners.column.stage') }),
  column.accessor('school', { header: say('learners.column.school') }),
  column.display({ id: 'status', header: say('learners.column.status'), cell: ({ row }) => statusOf(row.original) }),
  column.display({
    id: 'worker',
    header: say('learners.column.worker'),
    cell: ({ row }) => row.original.worker ?? '',
  }),
  column.display({
    id: 'birthOn',
    header: say('learners.column.birthOn'),
    cell: ({ row }) => (row.original.birthOn === undefined ? '' : dayOf(row.original.birthOn)),
  }),
  column.display({ id: 'scn', header: say('learners.column.scn'), cell: ({ row }) => row.original.scn ?? '' }),
]);

export const learnerWidths = 'minmax(10rem, 1.4fr) 4rem minmax(8rem, 1.2fr) 9.5rem minmax(8rem, 1fr) 7rem 7rem';

/** A learner in two lines. */
export function LearnerCard({ row }: { readonly row: RegisterRow }) {
  return (
    <>
      <span>{[row.name, row.stage].filter(Boolean).join(', ')}</span>
      <span>{[row.school, statusOf(row)].filter(Boolean).join(' · ')}</span>
    </>
  );
}
