import {
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Subtitle2,
  Title3,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { Link } from 'react-router';
import type { LearnerDetail } from '../../bot/learners/register-contract.js';
import { useMay } from '../me.js';
import { paths } from '../paths.js';
import { Pane, PaneBody } from '../shell/Pane.js';
import { FailedState } from '../ui/FailedState.js';
import { Facts } from '../ui/Facts.js';
import { PaneLoading } from '../ui/Loading.js';
import { say, wordFor } from '../words.js';
import { AttendanceBars } from './AttendanceBars.js';
import { ChangeItem } from './ChangeItem.js';
import { FactTable } from './FactTable.js';
import { dayOf, statusOf } from './learner-columns.js';
import { useLearner } from './learner-queries.js';
import { Timeline } from './Timeline.js';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  asOf: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalM },
  plain: { listStyleType: 'none', margin: 0, padding: 0 },
});

interface Props {
  readonly id: string;
  readonly back: string | null;
}

/** One learner: who, how things stand, since when and from whom, what happened, and who is around them. */
export function LearnerPane({ id, back }: Props) {
  const [stoodOn, setStoodOn] = useState('');
  const [knownOn, setKnownOn] = useState('');
  const query = useLearner(id, { ...(stoodOn ? { stoodOn } : {}), ...(knownOn ? { knownOn } : {}) });
  const styles = useStyles();
  const label = query.data?.learner.name ?? say('page.learners');
  return (
    <Pane label={label} back={back}>
      {query.isPending ? <PaneLoading /> : null}
      {query.isError ? <FailedState error={query.error} again={() => void query.refetch()} /> : null}
      {query.data ? (
        <PaneBody label={label}>
          <Who detail={query.data} />
          <div className={styles.asOf}>
            <Field label={say('learners.asOf')}>
              <Input type="date" value={stoodOn} onChange={(_event, { value }) => setStoodOn(value)} />
            </Field>
            <Field label={say('learners.knownOn')}>
              <Input type="date" value={knownOn} onChange={(_event, { value }) => setKnownOn(value)} />
            </Field>
          </div>
          <Parts detail={query.data} />
        </PaneBody>
      ) : null}
    </Pane>
  );
}

function Who({ detail }: { readonly detail: LearnerDetail }) {
  const styles = useStyles();
  const { learner, disagreements } = detail;
  const mayPlan = useMay('review.schedule');
  const since = learner.statusSince
    ? say('learners.since', { status: statusOf(learner), day: dayOf(learner.statusSince) })
    : statusOf(learner);
  const known = (value: string | null | undefined) => value ?? say('learners.notKnown');
  const facts = [
    { name: say('fact.school'), value: known(learner.school) },
    { name: say('fact.stage'), value: known(learner.stage) },
    ...(learner.status === undefined ? [] : [{ name: say('fact.status'), value: since }]),
    ...(learner.home === undefined
      ? []
      : [{ name: say('fact.home'), value: known(wordFor('living', learner.home ?? '')) }]),
    ...(learner.education === undefined
      ? []
      : [{ name: say('fact.education'), value: known(wordFor('educated', learner.education)) }]),
    ...(learner.worker === undefined ? [] : [{ name: say('fact.social-worker'), value: known(learner.worker) }]),
    ...(learner.birthOn === undefined ? [] : [{ name: say('fact.birth-on'), value: dayOf(learner.birthOn) }]),
    ...(learner.scn === undefined ? [] : [{ name: say('fact.scn'), value: known(learner.scn) }]),
  ];
  return (
    <header className={styles.part}>
      {learner.nonDisclosure ? (
        <MessageBar intent="warning">
          <MessageBarBody>{say('learners.nonDisclosure')}</MessageBarBody>
        </MessageBar>
      ) : null}
      <Title3 as="h2">{learner.name}</Title3>
      <Facts facts={facts} />
      {disagreements.length > 0 ? (
        <MessageBar intent="info">
          <MessageBarBody>
            {say('learners.disagree', { what: disagreements.map((one) => say(`fact.${one}`)).join(', ') })}
          </MessageBarBody>
        </MessageBar>
      ) : null}
      {mayPlan ? <Link to={paths.planForLearner(learner.id)}>{say('learners.plan')}</Link> : null}
    </header>
  );
}

function Parts({ detail }: { readonly detail: LearnerDetail }) {
  const styles = useStyles();
  return (
    <>
      {detail.attendance.length > 0 ? <AttendanceBars weeks={detail.attendance} /> : null}
      <section className={styles.part} aria-label={say('learners.timeline')}>
        <Subtitle2 as="h3">{say('learners.timeline')}</Subtitle2>
        <Timeline detail={detail} />
      </section>
      <section className={styles.part} aria-label={say('learners.facts')}>
        <Subtitle2 as="h3">{say('learners.facts')}</Subtitle2>
        <FactTable facts={detail.facts} />
      </section>
      {detail.people.length > 0 ? (
        <section className={styles.part} aria-label={say('learners.people')}>
          <Subtitle2 as="h3">{say('learners.people')}</Subtitle2>
          <Facts
            facts={detail.people.map((one) => ({
              name: wordFor('link', one.kind) ?? one.kind,
              value: [one.name, one.telephone].filter(Boolean).join(', '),
            }))}
          />
        </section>
      ) : null}
      {detail.changes.length > 0 ? (
        <section className={styles.part} aria-label={say('learners.changesOf')}>
          <Subtitle2 as="h3">{say('learners.changesOf')}</Subtitle2>
          <ul className={styles.plain}>
            {detail.changes.map((change) => (
              <ChangeItem key={change.id} change={change} />
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
