import { Button, makeStyles, ProgressBar, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { type DragEvent, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ExtractDetail } from '../../bot/learners/extract-contract.js';
import { paths } from '../paths.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { RowsLoading } from '../ui/Loading.js';
import { When } from '../ui/When.js';
import { say } from '../words.js';
import { useExtracts } from './extract-queries.js';
import { useUpload } from './use-upload.js';

const useStyles = makeStyles({
  drop: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalXXL,
    border: `2px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    maxWidth: '40rem',
  },
  over: { backgroundColor: tokens.colorNeutralBackground3 },
  bar: { width: '100%' },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxWidth: '48rem' },
  one: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

/** A place to drop a file, and the extracts there have been. */
export function ExtractList() {
  return (
    <>
      <Text>{say('import.explains')}</Text>
      <DropPlace />
      <Past />
    </>
  );
}

function DropPlace() {
  const styles = useStyles();
  const navigate = useNavigate();
  const upload = useUpload((id) => void navigate(paths.extract(id)));
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) upload.send(file);
  };
  const hold = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      className={over ? `${styles.drop} ${styles.over}` : styles.drop}
      onDrop={drop}
      onDragOver={hold}
      onDragLeave={() => setOver(false)}
    >
      <Text>{say('import.drop')}</Text>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={say('import.choose')}
        accept=".csv,.txt,.tsv,.xlsx"
        onChange={({ target }) => target.files?.[0] && upload.send(target.files[0])}
      />
      {upload.sent === null ? (
        <Button appearance="primary" onClick={() => chooser.current?.click()}>
          {say('import.choose')}
        </Button>
      ) : (
        <>
          <ProgressBar className={styles.bar} value={upload.sent} aria-label={say('import.state.uploading')} />
          <Text role="status">{say('import.uploading', { percent: Math.round(upload.sent * 100) })}</Text>
          <Button onClick={upload.stop}>{say('import.stop')}</Button>
        </>
      )}
    </div>
  );
}

function Past() {
  const styles = useStyles();
  const query = useExtracts();
  if (query.isPending) return <RowsLoading narrow />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const { items } = query.data;
  if (items.length === 0) return <EmptyState title={say('import.none')} explains={say('import.noneExplains')} />;
  return (
    <section aria-label={say('import.past')}>
      <Subtitle2 as="h3">{say('import.past')}</Subtitle2>
      <ul className={styles.list}>
        {items.map((extract) => (
          <li key={extract.id} className={styles.one}>
            <Link to={paths.extract(extract.id)}>{extractName(extract)}</Link>
            <span>{say(`import.state.${extract.state}`)}</span>
            <When at={extract.uploadedAt} as="ago" />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Never the file's own name: people put children's names into those. */
export function extractName({ source }: ExtractDetail): string {
  return source
    ? say('import.of', { system: source.system, kind: say(`kind.${source.kind}`) })
    : say('import.unmapped');
}
