import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { FailedState } from '../ui/FailedState.js';
import { When } from '../ui/When.js';
import { say, wordFor } from '../words.js';
import { useAudit } from './request-queries.js';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Who looked at this request and who changed it. Read only when it is opened: reading it is itself written down. */
export function RequestAudit({ request }: { readonly request: Pick<RequestDetail, 'id'> }) {
  const [open, setOpen] = useState(false);
  return (
    <Accordion collapsible onToggle={(_event, { openItems }) => setOpen(openItems.length > 0)}>
      <AccordionItem value="audit">
        <AccordionHeader as="h2">{say('audit.title')}</AccordionHeader>
        <AccordionPanel>{open ? <Lines request={request} /> : null}</AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}

function Lines({ request }: { readonly request: Pick<RequestDetail, 'id'> }) {
  const styles = useStyles();
  const query = useAudit(request, true);
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Text>{say('loading')}</Text>;
  return (
    <ul className={styles.list}>
      {query.data.items.map(({ at, by, verb }, index) => (
        <li key={`${at} ${index}`}>
          {say('audit.line', { who: by ?? say('happened.system'), did: wordFor('audit', verb) ?? verb })}{' '}
          <Text size={200} className={styles.quiet}>
            <When at={at} as="ago" />
          </Text>
        </li>
      ))}
    </ul>
  );
}
