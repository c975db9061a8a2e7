import { Button, makeStyles, Subtitle2, Text, Title2, tokens } from '@fluentui/react-components';
import type { PlanDetail } from '../../bot/reviews/plan-contract.js';
import { useMay } from '../me.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { say } from '../words.js';
import { useCurrentPlan, usePlanActs } from './due-queries.js';
import { PlanItems } from './PlanItems.js';
import { SendPlan } from './SendPlan.js';

const useStyles = makeStyles({
  page: {
    height: '100%',
    overflow: 'auto',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  acts: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
});

/** Reviews of the coming weeks placed together: looked at, adjusted, and sent by an act of its own. */
export function PlannerPage() {
  const may = useMay('review.schedule');
  if (!may) return <EmptyState page title={say('forbidden.title')} explains={say('forbidden.reviews')} />;
  return <Planner />;
}

function Planner() {
  const styles = useStyles();
  const query = useCurrentPlan();
  const acts = usePlanActs();
  if (query.isPending) return <PaneLoading />;
  if (query.isError) return <FailedState page error={query.error} again={() => void query.refetch()} />;
  const plan = query.data;
  const draft = plan?.state === 'draft';
  const failed = acts.make.error ?? acts.send.error ?? acts.adjust.error;
  return (
    <section className={styles.page} tabIndex={0} aria-label={say('planner.title')}>
      <Title2 as="h1">{say('planner.title')}</Title2>
      {plan ? <Sum plan={plan} /> : <EmptyState title={say('planner.none')} explains={say('planner.noneExplains')} />}
      <div className={styles.acts}>
        <Button
          appearance={draft ? 'secondary' : 'primary'}
          disabled={acts.make.isPending}
          onClick={() => acts.make.mutate(draft ? plan.id : null)}
        >
          {acts.make.isPending ? say('planner.making') : draft ? say('planner.again') : say('planner.make')}
        </Button>
        {plan && draft ? <SendPlan plan={plan} busy={acts.send.isPending} send={() => acts.send.mutate(plan)} /> : null}
      </div>
      {failed ? <FailedState error={failed} /> : null}
      {plan ? <Items plan={plan} acts={acts} /> : null}
    </section>
  );
}

function Sum({ plan }: { readonly plan: PlanDetail }) {
  return (
    <>
      <Text size={500} role="status">
        {plan.summary}
      </Text>
      <Text size={200}>{say('planner.gap', { percent: Math.ceil(plan.gap * 100) })}</Text>
    </>
  );
}

function Items({ plan, acts }: { readonly plan: PlanDetail; readonly acts: ReturnType<typeof usePlanActs> }) {
  const tray = plan.items.filter(({ state }) => state !== 'in-time');
  const placed = plan.items.filter(({ state }) => state === 'in-time');
  const adjust = (itemId: string, startsAt: string | null, locked: boolean) =>
    acts.adjust.mutate({ plan, itemId, startsAt, locked });
  const rest = { draft: plan.state === 'draft' && !acts.adjust.isPending, adjust };
  return (
    <>
      <Subtitle2 as="h2">{say('planner.tray')}</Subtitle2>
      <PlanItems label={say('planner.tray')} items={tray} {...rest} />
      <Subtitle2 as="h2">{say('planner.placed')}</Subtitle2>
      <PlanItems label={say('planner.placed')} items={placed} {...rest} />
    </>
  );
}
