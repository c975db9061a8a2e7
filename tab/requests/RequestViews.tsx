import { requestViews } from '../../bot/requests/contract.js';
import type { ViewList } from '../../bot/requests/triage-contract.js';
import { ViewLinks, ViewSelect } from '../shell/ViewLinks.js';
import { say } from '../words.js';
import { SavedViewMenu } from './SavedViewMenu.js';
import type { Triage } from './use-triage.js';

interface Props {
  readonly triage: Triage;
  /** Null until the first answer. */
  readonly views: ViewList | null;
  readonly oneLine?: boolean;
}

/** The views of Requests with how many are in each: the house's, then those that were saved. */
export function RequestViews({ triage, views, oneLine = false }: Props) {
  const house = requestViews.map((name) => ({
    ...{ name, label: say(`view.${name}`), count: views?.counts[name] ?? null },
    to: triage.pathOfView(name),
  }));
  const saved = (views?.saved ?? []).map((view) => ({
    ...{ name: view.id, label: view.name, count: view.count, to: triage.pathOfView(view.id) },
    beside: view.mayChange ? <SavedViewMenu view={view} triage={triage} /> : null,
  }));
  const shared = { title: say('page.requests'), here: triage.view };
  if (oneLine) return <ViewSelect {...shared} views={[...house, ...saved]} />;
  return <ViewLinks {...shared} views={house} more={{ title: say('views.saved'), views: saved }} />;
}

/** What the view that is shown is called. */
export function nameOfView(triage: Triage, views: ViewList | null): string {
  const named = requestViews.find((name) => name === triage.view);
  if (named) return say(`view.${named}`);
  return views?.saved.find(({ id }) => id === triage.view)?.name ?? say('views.oneSaved');
}
