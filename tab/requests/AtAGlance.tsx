import { Accordion, AccordionHeader, AccordionItem, AccordionPanel } from '@fluentui/react-components';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { Facts } from '../ui/Facts.js';
import { sayCalendarDay } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say, wordFor } from '../words.js';

/** Who the learner is as far as this viewer may see, folded away until wanted. */
export function AtAGlance({ learner }: { readonly learner: NonNullable<RequestDetail['atAGlance']> }) {
  const unknown = say('request.notKnown');
  const now = useNow();
  const words = wordFor('status', learner.status) ?? learner.status;
  const since = learner.statusSince && sayCalendarDay(learner.statusSince, now);
  const status = since ? say('request.statusSince', { status: words, since }) : words;
  return (
    <Accordion collapsible>
      <AccordionItem value="learner">
        <AccordionHeader as="h2">{say('request.glance')}</AccordionHeader>
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
