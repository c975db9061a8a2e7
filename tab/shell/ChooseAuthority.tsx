import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { say } from '../words.js';
import { useChooseAuthority } from './use-choose-authority.js';

const useStyles = makeStyles({ choices: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS } });

/** For a sign-in that serves more than one council and has not said which: nothing of either is shown before. */
export function ChooseAuthority({ onChosen }: { readonly onChosen: () => void }) {
  const styles = useStyles();
  const { api } = useTab();
  const choose = useChooseAuthority(onChosen);
  const { data, error, refetch } = useQuery({ queryKey: keys.authorities, queryFn: () => api.authorities() });
  if (error) return <FailedState page error={error} again={() => void refetch()} />;
  if (!data) return <PaneLoading />;
  return (
    <EmptyState page title={say('app.choose.title')} explains={say('app.choose.explains')}>
      <div className={styles.choices}>
        {data.items.map(({ id, name }) => (
          <Button key={id} onClick={() => choose.mutate(id)}>
            {name}
          </Button>
        ))}
      </div>
    </EmptyState>
  );
}
