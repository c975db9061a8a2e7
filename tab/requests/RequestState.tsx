import type { RequestState as State } from '../../bot/requests/request.js';
import { Tag, type TagLook } from '../ui/Tag.js';
import { say } from '../words.js';

const looks: Readonly<Record<State, TagLook>> = {
  submitted: 'new',
  assigned: 'going',
  'in-progress': 'going',
  'waiting-on-school': 'waiting',
  answered: 'good',
  closed: 'over',
  withdrawn: 'over',
  declined: 'over',
  transferred: 'over',
  concern: 'bad',
};

export function RequestState({ state }: { readonly state: State }) {
  return <Tag look={looks[state]}>{say(`state.${state}`)}</Tag>;
}
