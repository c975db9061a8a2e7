import type { RequestState as State } from '../../bot/requests/request.js';
import type { Mark } from '../ui/windows.js';
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

/** Where a request stands; in a list also that it changed, or that it is no longer in this view. */
export function RequestState({ request }: { readonly request: { readonly state: State; readonly mark?: Mark } }) {
  const { state, mark } = request;
  const word = mark ? say(`requests.mark.${mark}`) : null;
  if (mark === 'moved') return <span>{word}</span>;
  return (
    <>
      {word} <Tag look={looks[state]}>{say(`state.${state}`)}</Tag>
    </>
  );
}
