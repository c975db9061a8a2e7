import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { codeOf } from '../failure.js';
import { useMe } from '../me.js';
import { ConcernDialog } from '../shell/ConcernDialog.js';
import { useTab } from '../tab-context.js';
import { instantOfLocal, localOf } from '../ui/dates.js';
import { Protection } from '../ui/Protection.js';
import { say } from '../words.js';
import { type SpokenMove, wordsOf } from './actions.js';
import { MoveFields, type MoveDraft } from './MoveFields.js';
import { type MoveWords, useMove } from './use-move.js';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
});

interface Props {
  readonly request: RequestDetail;
  readonly move: SpokenMove;
  readonly onClose: () => void;
}

/** A move that needs words: why, where else to turn, who was told. A concern begins with the numbers (product.md A.2). */
export function MoveDialog({ request, move, onClose }: Props) {
  const styles = useStyles();
  const { clock } = useTab();
  const { protection } = useMe();
  const words = wordsOf(move);
  const [draft, setDraft] = useState<MoveDraft>(() => ({ ...emptyDraft, toldAt: localOf(clock.now()) }));
  const [tried, setTried] = useState(false);
  const moving = useMove();
  const { isSuccess } = moving;
  useEffect(() => {
    if (isSuccess) onClose();
  }, [isSuccess, onClose]);
  const missing = words.filter((word) => lacks(draft, word));
  const send = (notConcern: boolean) => {
    setTried(true);
    if (missing.length === 0) moving.press({ request, move, words: { ...said(draft, words), notConcern } });
  };
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say(`moveDialog.${move}`, { reference: request.reference })}</DialogTitle>
          <DialogContent className={styles.content}>
            {move === 'concern' ? <Protection numbers={protection} /> : null}
            <Text>{say(`moveExplains.${move}`)}</Text>
            <MoveFields words={words} draft={draft} missing={tried ? missing : []} onChange={setDraft} />
            <ConcernDialog
              open={moving.isError && codeOf(moving.error) === 'concern'}
              onNo={() => send(true)}
              onYes={onClose}
              onClose={moving.reset}
            />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabledFocusable={moving.isPending} onClick={() => send(false)}>
              {say(`moveGo.${move}`)}
            </Button>
            <Button onClick={onClose}>{say('cancel')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

const emptyDraft: MoveDraft = { reason: '', signpost: '', service: '', by: '', toldWho: '', toldAt: '' };

type Word = ReturnType<typeof wordsOf>[number];

function lacks(draft: MoveDraft, word: Word): boolean {
  if (word === 'told') return draft.toldWho.trim() === '' || instantOfLocal(draft.toldAt) === null;
  return word !== 'body' && draft[word].trim() === '';
}

/** What was said, as the service takes it. */
function said(draft: MoveDraft, words: readonly Word[]): MoveWords {
  const { reason, signpost, service, by } = draft;
  const at = instantOfLocal(draft.toldAt);
  return {
    ...(words.includes('reason') ? { reason } : {}),
    ...(words.includes('signpost') ? { signpost } : {}),
    ...(words.includes('service') ? { service } : {}),
    ...(words.includes('by') ? { by } : {}),
    ...(words.includes('told') && at !== null
      ? { told: { who: draft.toldWho.trim(), at: new Date(at).toISOString() } }
      : {}),
  };
}
