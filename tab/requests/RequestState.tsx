import { Badge, type BadgeProps } from '@fluentui/react-components';
import type { RequestState as State } from '../../bot/requests/request.js';
import { say } from '../words.js';

/** New stands out, what waits is quiet, what is over is faint. The word says it all; the colour only helps. */
const looks: Readonly<Record<State, Pick<BadgeProps, 'color' | 'appearance'>>> = {
  submitted: { color: 'brand', appearance: 'filled' },
  assigned: { color: 'brand', appearance: 'tint' },
  'in-progress': { color: 'brand', appearance: 'tint' },
  'waiting-on-school': { color: 'warning', appearance: 'tint' },
  answered: { color: 'success', appearance: 'tint' },
  closed: { color: 'subtle', appearance: 'outline' },
  withdrawn: { color: 'subtle', appearance: 'outline' },
  declined: { color: 'subtle', appearance: 'outline' },
  transferred: { color: 'subtle', appearance: 'outline' },
  concern: { color: 'danger', appearance: 'tint' },
};

export function RequestState({ state }: { readonly state: State }) {
  return <Badge {...looks[state]}>{say(`state.${state}`)}</Badge>;
}
