import { Button, makeStyles, MessageBar, MessageBarBody, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { type ExtractDetail, outcomes } from '../../bot/learners/extract-contract.js';
import { useTab } from '../tab-context.js';
import { say } from '../words.js';
import { downloadText } from './download.js';
import { type Outcome, useExtractPress } from './extract-queries.js';
import { extractName } from './ExtractList.js';
import { MappingStep } from './MappingStep.js';
import { PreviewRows } from './PreviewRows.js';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** What would happen, row by row, before it does. An alarm is a sentence with its numbers and wants a deliberate yes. */
export function PreviewStep({ extract }: { readonly extract: ExtractDetail }) {
  const styles = useStyles();
  const { counts, alarms, version } = extract;
  const [outcome, setOutcome] = useState<Outcome>(
    counts.added > 0 ? 'added' : counts.changed > 0 ? 'changed' : 'rejected',
  );
  const [remapping, setRemapping] = useState(false);
  const { press } = useExtractPress(extract.id);
  if (remapping) return <MappingStep extract={extract} />;
  const acceptAlarms = alarms.length > 0;
  return (
    <>
      <Text>{extractName(extract)}</Text>
      {alarms.map(({ kind, now, of, percent }) => (
        <MessageBar key={kind} intent="warning">
          <MessageBarBody>{say(`alarm.${kind}`, { now, of, percent })}</MessageBarBody>
        </MessageBar>
      ))}
      <TabList
        selectedValue={outcome}
        onTabSelect={(_event, { value }) => setOutcome(outcomes.find((one) => one === value) ?? 'added')}
      >
        {outcomes.map((one) => (
          <Tab key={one} value={one}>
            {say(`preview.outcome.${one}`)} {counts[one]}
          </Tab>
        ))}
      </TabList>
      {counts.ended > 0 ? <Text>{say('preview.ended', { count: counts.ended })}</Text> : null}
      <PreviewRows key={outcome} id={extract.id} outcome={outcome} />
      <div className={styles.actions}>
        <Button
          appearance="primary"
          disabled={press.isPending}
          onClick={() => press.mutate({ name: 'import', version, acceptAlarms })}
        >
          {say(acceptAlarms ? 'preview.goAll' : 'preview.go')}
        </Button>
        <Button onClick={() => setRemapping(true)}>{say('preview.remap')}</Button>
        <Button onClick={() => press.mutate({ name: 'cancel', version })}>{say('preview.cancel')}</Button>
        {counts.rejected > 0 ? <RejectedFile id={extract.id} /> : null}
      </div>
    </>
  );
}

export function RejectedFile({ id }: { readonly id: string }) {
  const { api } = useTab();
  const download = async () => downloadText('rejected-rows.csv', (await api.rejectedRows(id)).text);
  return <Button onClick={() => void download()}>{say('preview.rejectedFile')}</Button>;
}
