import { Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { RequestRow } from '../../bot/requests/contract.js';
import type { WorkloadOf } from '../../bot/requests/workload-contract.js';
import { useMay } from '../me.js';
import { GiveDialog } from '../requests/GiveDialog.js';
import { Pane, PaneBody, PaneFoot } from '../shell/Pane.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { sayCalendarDay } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import { awayWords } from './PersonTags.js';
import { Promises } from './Promises.js';
import { Ring } from './Ring.js';
import { TickedRequests } from './TickedRequests.js';
import { useWorkloadOf } from './workload-queries.js';

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2, display: 'block' } });

/** One person's work from both ends: what somebody new in post must pick up, and what somebody leaving must hand over. */
export function PersonPane({ personId, back }: { readonly personId: string; readonly back: string | null }) {
  const query = useWorkloadOf(personId);
  return (
    <Pane label={query.data?.person.name ?? say('page.workload')} back={back}>
      {query.data ? (
        <Work work={query.data} />
      ) : query.isError ? (
        <FailedState error={query.error} again={() => void query.refetch()} />
      ) : (
        <PaneLoading />
      )}
    </Pane>
  );
}

function Work({ work }: { readonly work: WorkloadOf }) {
  const now = useNow();
  const mayGive = useMay('request.triage');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [giving, setGiving] = useState(false);
  const all = allOf(work);
  const chosen = all.filter(({ id }) => ticked.has(id));
  const shared = { ticked: mayGive ? ticked : null, onTick: setTicked };
  return (
    <>
      <PaneBody label={work.person.name}>
        <Who work={work} />
        <Promises promises={work.promises} />
        <TickedRequests
          title={say('workload.overdueTitle')}
          none={say('workload.noOverdue')}
          rows={work.overdue}
          {...shared}
        />
        {work.coming.map(({ weekOf, requests, other }) => (
          <TickedRequests
            key={weekOf}
            title={say('workload.week', { of: sayCalendarDay(weekOf, now) })}
            rows={requests}
            other={other}
            {...shared}
          />
        ))}
        <TickedRequests title={say('workload.undated')} rows={work.undated} {...shared} />
        <Ring people={work.ring} />
      </PaneBody>
      {mayGive && all.length > 0 ? (
        <PaneFoot>
          <HandOverFoot
            all={all}
            chosen={chosen.length}
            onAll={() => setTicked(chosen.length === all.length ? new Set() : new Set(all.map(({ id }) => id)))}
            onGive={() => setGiving(true)}
          />
        </PaneFoot>
      ) : null}
      <GiveDialog
        requests={giving ? chosen.slice(0, 200) : []}
        onClose={() => setGiving(false)}
        onDone={() => setTicked(new Set())}
      />
    </>
  );
}

/** Every open request of theirs once. */
function allOf({ overdue, coming, undated }: WorkloadOf): readonly RequestRow[] {
  const rows = [...overdue, ...coming.flatMap(({ requests }) => requests), ...undated];
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function Who({ work }: { readonly work: WorkloadOf }) {
  const styles = useStyles();
  const now = useNow();
  const { name, jobTitle, leavesOn, away } = work.person;
  const facts = [
    jobTitle,
    leavesOn && say('workload.leaves', { on: sayCalendarDay(leavesOn, now) }),
    away && say('workload.isAway', { when: awayWords(away, now) }),
  ].filter(Boolean);
  return (
    <header>
      <Title3 as="h2">{name}</Title3>
      <Text className={styles.quiet}>{facts.join(' · ')}</Text>
    </header>
  );
}

interface FootProps {
  readonly all: readonly RequestRow[];
  readonly chosen: number;
  readonly onAll: () => void;
  readonly onGive: () => void;
}

function HandOverFoot({ all, chosen, onAll, onGive }: FootProps) {
  return (
    <>
      <Button appearance="primary" disabledFocusable={chosen === 0} onClick={onGive}>
        {say('workload.handOver', { count: chosen })}
      </Button>{' '}
      <Button onClick={onAll}>{say(chosen === all.length ? 'workload.tickNone' : 'workload.tickAll')}</Button>
    </>
  );
}
