import {
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  Title3,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { Numbers, NumbersQuestion, TermList } from '../../bot/requests/numbers-contract.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { sayCalendarDay, sayWhen } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import { ExportButton } from './ExportButton.js';
import { NumbersBars } from './NumbersBars.js';
import { NumbersQuestionFields } from './NumbersQuestionFields.js';
import { NumbersTable } from './NumbersTable.js';
import { NumbersTimes } from './NumbersTimes.js';
import { NumbersTiles } from './NumbersTiles.js';
import { useNumbers, useTerms } from './numbers-queries.js';

const useStyles = makeStyles({
  root: { height: '100%', overflow: 'auto' },
  page: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXL,
    padding: tokens.spacingHorizontalL,
    maxWidth: '80rem',
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  grow: { flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What was asked for in a term, how soon it was answered, and whether it helped. */
export function NumbersPage() {
  const terms = useTerms();
  if (terms.isPending) return <PaneLoading />;
  if (terms.isError) return <FailedState page error={terms.error} again={() => void terms.refetch()} />;
  return <Asked terms={terms.data} />;
}

function Asked({ terms }: { readonly terms: TermList }) {
  const styles = useStyles();
  const [latest] = terms.items;
  const [question, setQuestion] = useState<NumbersQuestion | null>(latest ? { by: 'need', termId: latest.id } : null);
  const query = useNumbers(question);
  return (
    <div className={styles.root} tabIndex={0} role="region" aria-label={say('page.numbers')}>
      <div className={styles.page}>
        <div className={styles.head}>
          <Title3 as="h1">{say('page.numbers')}</Title3>
          <span className={styles.grow} />
          {query.data && question ? <ExportButton question={question} /> : null}
        </div>
        <NumbersQuestionFields terms={terms} question={question} onChange={setQuestion} />
        {question === null ? (
          <EmptyState title={say('numbers.noTerms')} explains={say('numbers.noTermsExplains')} />
        ) : query.data ? (
          <Answer numbers={query.data} />
        ) : query.isError ? (
          <FailedState error={query.error} again={() => void query.refetch()} />
        ) : (
          <PaneLoading />
        )}
      </div>
    </div>
  );
}

function Answer({ numbers }: { readonly numbers: Numbers }) {
  const styles = useStyles();
  const now = useNow();
  const { period, asOf, suppressed, rows } = numbers;
  return (
    <>
      <Text className={styles.quiet}>
        {say('numbers.period', {
          from: sayCalendarDay(period.from, now),
          until: sayCalendarDay(period.until, now),
          asOf: sayWhen(Date.parse(asOf), now),
        })}
      </Text>
      {suppressed ? (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say('numbers.suppressedTitle')}</MessageBarTitle> {say('numbers.suppressed')}
          </MessageBarBody>
        </MessageBar>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState title={say('numbers.empty')} explains={say('numbers.emptyExplains')} />
      ) : (
        <>
          <NumbersTiles total={numbers.total} />
          <NumbersBars numbers={numbers} />
          {suppressed ? null : <NumbersTimes numbers={numbers} />}
          <NumbersTable numbers={numbers} />
        </>
      )}
    </>
  );
}
