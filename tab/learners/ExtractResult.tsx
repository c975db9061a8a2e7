import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { Link } from 'react-router';
import type { ExtractDetail } from '../../bot/learners/extract-contract.js';
import { paths } from '../paths.js';
import { EmptyState } from '../ui/EmptyState.js';
import { say, wordFor } from '../words.js';
import { useExtractPress } from './extract-queries.js';
import { extractName } from './ExtractList.js';
import { MappingStep } from './MappingStep.js';
import { RejectedFile } from './PreviewStep.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, maxWidth: '40rem' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

/** An extract that is being worked on or has come to an end: how far it is, or what it did. */
export function ExtractResult({ extract }: { readonly extract: ExtractDetail }) {
  const styles = useStyles();
  const { press } = useExtractPress(extract.id);
  const { counts, state, version } = extract;
  if (state === 'refused')
    return (
      <>
        <EmptyState title={say('import.state.refused')} explains={wordFor('refused', extract.refused ?? '') ?? ''} />
        {extract.refused === 'empty' ? null : <MappingStep extract={extract} />}
      </>
    );
  return (
    <div className={styles.root}>
      <Text>{extractName(extract)}</Text>
      <Progress extract={extract} />
      {state === 'imported' ? (
        <>
          <Text role="status">{say('result.taken', counts)}</Text>
          <div className={styles.actions}>
            <Link to={paths.register('matches')}>{say('result.matches')}</Link>
            <Link to={paths.register('changes')}>{say('result.changes')}</Link>
            {counts.rejected > 0 ? <RejectedFile id={extract.id} /> : null}
            <Button disabled={press.isPending} onClick={() => press.mutate({ name: 'undo', version })}>
              {say('result.undo')}
            </Button>
          </div>
        </>
      ) : null}
      {state === 'undone' ? <Text role="status">{say('result.undone')}</Text> : null}
      {state === 'cancelled' ? <Text role="status">{say('result.cancelled')}</Text> : null}
      {state === 'reading' || state === 'uploading' ? (
        <div>
          <Button onClick={() => press.mutate({ name: 'cancel', version })}>{say('import.stop')}</Button>
        </div>
      ) : null}
    </div>
  );
}

function Progress({ extract: { state, counts } }: { readonly extract: ExtractDetail }) {
  const all = counts.added + counts.changed;
  if (state === 'importing')
    return (
      <>
        <ProgressBar value={counts.taken} max={Math.max(1, all)} aria-label={say('import.state.importing')} />
        <Text role="status">{say('result.progress', { done: counts.taken, all })}</Text>
      </>
    );
  if (state === 'reading')
    return (
      <>
        <ProgressBar aria-label={say('import.state.reading')} />
        <Text role="status">{say('result.reading', { done: counts.read })}</Text>
      </>
    );
  return state === 'undoing' ? <Text role="status">{say('result.undoing')}</Text> : null;
}
