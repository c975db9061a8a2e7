import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { MatchDecision, MatchPair } from '../../bot/learners/register-contract.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { type Key, useKeys } from '../ui/keyboard.js';
import { PaneLoading } from '../ui/Loading.js';
import { say } from '../words.js';
import { dayOf } from './learner-columns.js';
import { useDecide, useMatches } from './learner-queries.js';
import { Marked } from './Marked.js';
import { RegisterRoom } from './RegisterRoom.js';

const keysOfPage: readonly Key<'same' | 'different' | 'cannot-tell'>[] = [
  { command: 'same', key: 's' },
  { command: 'different', key: 'n' },
  { command: 'cannot-tell', key: 'u' },
];
const fields = ['givenName', 'familyName', 'knownAs', 'birthOn', 'scn', 'school', 'stage'] as const;

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  scroll: { overflowX: 'auto' },
});

/** Two records side by side: are they one child? One key a judgement; the next pair is there at once. */
export function MatchesPage() {
  return (
    <RegisterRoom here="matches" needs="match.decide" title={say('match.title')}>
      <Queue />
    </RegisterRoom>
  );
}

function Queue() {
  const query = useMatches();
  if (query.isPending) return <PaneLoading />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const [pair] = query.data.items;
  if (!pair) return <EmptyState title={say('match.none')} explains={say('match.noneExplains')} />;
  return (
    <>
      <Text role="status">{say('match.left', { count: query.data.total })}</Text>
      <Pair key={pair.id} pair={pair} />
    </>
  );
}

function Pair({ pair }: { readonly pair: MatchPair }) {
  const styles = useStyles();
  const decide = useDecide();
  const say_ = (decision: MatchDecision) => {
    decide.mutate({ pair, decision });
    return true;
  };
  useKeys(keysOfPage, say_);
  return (
    <>
      {pair.guard ? <Notice text={say(`match.guard.${pair.guard}`)} /> : null}
      {pair.waitingForSecond ? <Notice text={say('match.second')} /> : null}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={say('match.title')}>
        <PairTable pair={pair} />
      </div>
      <div className={styles.actions}>
        {(['same', 'different', 'cannot-tell', 'forbidden'] as const).map((decision) => (
          <Button key={decision} onClick={() => say_(decision)}>
            {say(`match.${decision}`)}
          </Button>
        ))}
      </div>
    </>
  );
}

function Notice({ text }: { readonly text: string }) {
  return (
    <MessageBar intent="warning">
      <MessageBarBody>{text}</MessageBarBody>
    </MessageBar>
  );
}

function PairTable({ pair }: { readonly pair: MatchPair }) {
  const shown = (side: MatchPair['ours'], field: (typeof fields)[number]) =>
    field === 'birthOn' && side.birthOn ? dayOf(side.birthOn) : (side[field] ?? '');
  return (
    <Table aria-label={say('match.title')}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{say('match.field')}</TableHeaderCell>
          <TableHeaderCell>{say('match.theirs', { system: pair.system })}</TableHeaderCell>
          <TableHeaderCell>{say('match.ours')}</TableHeaderCell>
          <TableHeaderCell />
        </TableRow>
      </TableHeader>
      <TableBody>
        {fields.map((field) => {
          const says = pair.evidence.find((one) => one.field === field)?.says;
          const [theirs, ours] = [shown(pair.theirs, field), shown(pair.ours, field)];
          return (
            <TableRow key={field}>
              <TableCell>{say(`match.${field}`)}</TableCell>
              <TableCell>
                <Marked text={theirs} against={ours} />
              </TableCell>
              <TableCell>
                <Marked text={ours} against={theirs} />
              </TableCell>
              <TableCell>{says ? say(`match.says.${says}`) : ''}</TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
