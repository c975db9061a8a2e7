import { learnerViews } from '../../bot/learners/register-contract.js';
import { useMay } from '../me.js';
import { paths } from '../paths.js';
import { type View, ViewLinks, ViewSelect } from '../shell/ViewLinks.js';
import { say } from '../words.js';

const rooms = ['changes', 'matches', 'import', 'quality'] as const;

/** The register's views and rooms that this person's roles open. */
function useRegisterViews(): View[] {
  const team = useMay('extract.manage');
  const views = learnerViews.map((name) => ({
    ...{ name, label: say(`learners.view.${name}`), count: null, to: paths.learners(name) },
  }));
  const open = rooms.filter((name) => team || name === 'changes');
  return [
    ...(team ? views : views.slice(0, 1)),
    ...open.map((name) => ({ name, label: say(`learners.room.${name}`), count: null, to: paths.register(name) })),
  ];
}

export function RegisterViews({ here }: { readonly here: string }) {
  return <ViewLinks title={say('page.learners')} views={useRegisterViews()} here={here} />;
}

export function RegisterSelect({ here }: { readonly here: string }) {
  return <ViewSelect title={say('page.learners')} views={useRegisterViews()} here={here} />;
}
