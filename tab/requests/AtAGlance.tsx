import { Accordion, AccordionHeader, AccordionItem, AccordionPanel } from '@fluentui/react-components';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { Facts } from '../ui/Facts.js';
import { say } from '../words.js';

/** Who the learner is as far as this viewer may see, folded away until wanted. */
export function AtAGlance({ learner }: { readonly learner: NonNullable<RequestDetail['atAGlance']> }) {
  const unknown = say('request.notKnown');
  const status = learner.statusSince
    ? say('request.statusSince', { status: learner.status, since: learner.statusSince })
    : learner.status;
  return (
    <Accordion collapsible>
      <AccordionItem value="learner">
        <AccordionHeader as="h3">{say('request.glance')}</AccordionHeader>
        <AccordionPanel>
          <Facts
            facts={[
              { name: say('request.learner'), value: learner.label },
              { name: say('request.stage'), value: learner.stage ?? unknown },
              { name: say('request.school'), value: learner.school ?? unknown },
              { name: say('request.status'), value: status },
              { name: say('request.socialWorker'), value: learner.socialWorker?.name ?? unknown },
              { name: say('request.designatedManager'), value: learner.designatedManager?.name ?? unknown },
            ]}
          />
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}
