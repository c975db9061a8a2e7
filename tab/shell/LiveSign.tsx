import { Badge, Tooltip } from '@fluentui/react-components';
import type { LiveState } from '../live.js';
import { say } from '../words.js';

/** Whether changes appear by themselves. */
export function LiveSign({ state }: { readonly state: LiveState }) {
  const waiting = state === 'waiting';
  return (
    <Tooltip content={say(waiting ? 'app.live.waitingExplains' : 'app.live.liveExplains')} relationship="description">
      <Badge appearance="outline" color={waiting ? 'warning' : 'informative'} role="status">
        {say(`app.live.${state}`)}
      </Badge>
    </Tooltip>
  );
}
