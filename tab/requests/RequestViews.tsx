import { type RequestList, requestViews } from '../../bot/requests/contract.js';
import { ViewLinks, ViewSelect } from '../shell/ViewLinks.js';
import { say } from '../words.js';
import type { Triage } from './use-triage.js';

interface Props {
  readonly triage: Triage;
  /** Null until the first answer. */
  readonly counts: RequestList['counts'] | null;
  readonly oneLine?: boolean;
}

/** The views of Requests with how many are in each. */
export function RequestViews({ triage, counts, oneLine = false }: Props) {
  const views = requestViews.map((name) => ({
    name,
    label: say(`view.${name}`),
    count: counts?.[name] ?? null,
    to: triage.pathOfView(name),
  }));
  const Shape = oneLine ? ViewSelect : ViewLinks;
  return <Shape title={say('page.requests')} views={views} here={triage.view} />;
}
