import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ReviewDetail } from '../../bot/reviews/contract.js';
import { paths } from '../paths.js';
import { say } from '../words.js';
import { useCancel } from './review-queries.js';

const useStyles = makeStyles({ root: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS } });

export function ReviewActions({ review }: { readonly review: ReviewDetail }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const { request, learner, state } = review;
  const again = request ? paths.planForRequest(request.reference) : paths.planForLearner(learner.id);
  const over = state === 'cancelled' || state === 'not-booked';
  return (
    <div className={styles.root} role="group" aria-label={say('request.actions')}>
      <Button appearance={over ? 'primary' : 'secondary'} onClick={() => void navigate(again)}>
        {say('review.again')}
      </Button>
      {over ? null : <Button onClick={() => setAsking(true)}>{say('review.cancel')}</Button>}
      <CancelDialog review={review} open={asking} onClose={() => setAsking(false)} />
    </div>
  );
}

interface DialogProps {
  readonly review: ReviewDetail;
  readonly open: boolean;
  readonly onClose: () => void;
}

function CancelDialog({ review, open, onClose }: DialogProps) {
  const { cancel } = useCancel(review);
  const go = () => {
    cancel();
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={(_event, data) => !data.open && onClose()} modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('review.cancelTitle', { reference: review.reference })}</DialogTitle>
          <DialogContent>{say('review.cancelExplains')}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={go}>
              {say('review.cancelGo')}
            </Button>
            <Button onClick={onClose}>{say('review.cancelKeep')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
