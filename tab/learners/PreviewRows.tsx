import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PreviewRow } from '../../bot/learners/extract-contract.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { RowsLoading } from '../ui/Loading.js';
import { say, wordFor } from '../words.js';
import { type Outcome, useExtractRows } from './extract-queries.js';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  one: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  row: { color: tokens.colorNeutralForeground2, minWidth: '5rem' },
  why: { color: tokens.colorStatusDangerForeground1 },
});

/** The rows of one outcome, fifty at a time. */
export function PreviewRows({ id, outcome }: { readonly id: string; readonly outcome: Outcome }) {
  const styles = useStyles();
  const query = useExtractRows(id, outcome);
  if (query.isPending) return <RowsLoading narrow />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <EmptyState title={say('preview.nothing')} />;
  return (
    <>
      <ol className={styles.list} aria-label={say(`preview.outcome.${outcome}`)}>
        {rows.map((row) => (
          <li key={row.row} className={styles.one}>
            <span className={styles.row}>{say('preview.row', { row: row.row })}</span>
            {row.reasons.map((reason, place) => (
              <Text key={place} className={styles.why}>
                {reasonOf(reason)}
              </Text>
            ))}
            {shownOf(row, outcome).map((text, place) => (
              <Text key={place}>{text}</Text>
            ))}
          </li>
        ))}
      </ol>
      {query.hasNextPage ? (
        <div>
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {say('preview.more')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function reasonOf({ field, why }: PreviewRow['reasons'][number]): string {
  return say(`reason.${why}`, { field: field ? say(`field.${field}`) : '' });
}

/** Of a changed row what changes, field by field; of another all that it says. */
function shownOf({ content }: PreviewRow, outcome: Outcome): string[] {
  return content
    .filter(({ value, before }) => outcome !== 'changed' || before !== null || value === '')
    .map(({ field, value, before }) => {
      const name = wordFor('field', field) ?? field;
      if (outcome !== 'changed') return say('preview.is', { field: name, value });
      const nothing = say('preview.nothingWas');
      return say('preview.was', { field: name, before: before ?? nothing, value: value || nothing });
    });
}
