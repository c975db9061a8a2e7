import type { RequestDetail } from '../../bot/requests/contract.js';
import type { Fact } from '../ui/Facts.js';
import { When } from '../ui/When.js';
import { Why } from '../ui/Why.js';
import { say } from '../words.js';
import { Due } from './Due.js';

/** Our clock, which stands while we wait for the school, and the child's, which never does (product.md B.5). */
export function clockFacts(request: RequestDetail): Fact[] {
  const { clock } = request;
  const due = say('request.due');
  const differs = clock.childDueAt !== null && clock.childDueAt !== clock.dueAt;
  return [
    {
      name: due,
      value: (
        <>
          {clock.paused ? say('request.paused') : <Due request={request} short />}{' '}
          <Why of={due} because={clock.sentences} />
        </>
      ),
    },
    ...(clock.schoolDueAt ? [{ name: say('request.schoolDue'), value: <When at={clock.schoolDueAt} /> }] : []),
    ...(differs && clock.childDueAt ? [{ name: say('request.childDue'), value: <When at={clock.childDueAt} /> }] : []),
  ];
}
