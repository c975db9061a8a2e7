import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components';
import type { PlanDetail } from '../../bot/reviews/plan-contract.js';
import { say } from '../words.js';

/** Sending is asked for twice, and each time says how many. */
export function SendPlan({
  plan,
  busy,
  send,
}: {
  readonly plan: PlanDetail;
  readonly busy: boolean;
  readonly send: () => void;
}) {
  const count = plan.counts.inTime + plan.counts.late;
  return (
    <Dialog>
      <DialogTrigger disableButtonEnhancement>
        <Button appearance="primary" disabled={busy || count === 0}>
          {say('planner.send', { count })}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('planner.sendTitle', { count })}</DialogTitle>
          <DialogContent>{say('planner.sendExplains')}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{say('planner.cancel')}</Button>
            </DialogTrigger>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary" onClick={send}>
                {say('planner.sendNow', { count })}
              </Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
