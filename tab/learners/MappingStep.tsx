import { Button, Checkbox, Field, Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { type ExtractDetail, type ExtractLook, mappingShape } from '../../bot/learners/extract-contract.js';
import { type ExtractKind, extractKinds, serviceOfKind } from '../../bot/learners/extract.js';
import { Failure } from '../failure.js';
import { FailedState } from '../ui/FailedState.js';
import { EmptyState } from '../ui/EmptyState.js';
import { PaneLoading } from '../ui/Loading.js';
import { say, wordFor } from '../words.js';
import { CodeFields } from './CodeFields.js';
import { ColumnFields } from './ColumnFields.js';
import { useExtractPress, useLook } from './extract-queries.js';
import type { Mapping } from './mapping.js';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL, maxWidth: '56rem' },
  source: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL },
});

/** The guessed columns, with three values each, for a person to confirm. */
export function MappingStep({ extract }: { readonly extract: ExtractDetail }) {
  const query = useLook(extract.id);
  if (query.isPending) return <PaneLoading />;
  if (query.isError) {
    const where = query.error instanceof Failure ? query.error.where : null;
    const refused = where ? wordFor('refused', where) : null;
    if (refused) return <EmptyState title={say('import.state.refused')} explains={refused} />;
    return <FailedState error={query.error} again={() => void query.refetch()} />;
  }
  return <MappingForm extract={extract} look={query.data} />;
}

function MappingForm({ extract, look }: { readonly extract: ExtractDetail; readonly look: ExtractLook }) {
  const styles = useStyles();
  const { confirm } = useExtractPress(extract.id);
  const form = useMappingForm(extract, look);
  const { kind, system, mapping, proposed } = form;
  const submit = () =>
    confirm.mutate({
      version: extract.version,
      source: { system: system.trim(), kind, registers: form.registers, complete: form.complete },
      mapping: mappingShape.parse(mapping),
    });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Text>{proposed?.remembered ? say('mapping.remembered') : say('mapping.title')}</Text>
      <div className={styles.source}>
        <Field label={say('mapping.kind')}>
          <Select value={kind} onChange={(_event, { value }) => form.choose(value)}>
            {extractKinds.map((one) => (
              <option key={one} value={one}>
                {say(`kind.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={say('mapping.system')} required>
          <Input value={system} maxLength={60} onChange={(_event, { value }) => form.setSystem(value)} />
        </Field>
      </div>
      <Checkbox
        label={say('mapping.registers')}
        checked={form.registers}
        onChange={(_event, { checked }) => form.setRegisters(checked === true)}
      />
      <Checkbox
        label={say('mapping.complete')}
        checked={form.complete}
        onChange={(_event, { checked }) => form.setComplete(checked === true)}
      />
      <ColumnFields kind={kind} look={look} mapping={mapping} onChange={form.setMapping} />
      <CodeFields look={look} unmapped={proposed?.unmapped ?? []} mapping={mapping} onChange={form.setMapping} />
      <div>
        <Button appearance="primary" type="submit" disabled={system.trim() === '' || confirm.isPending}>
          {say('mapping.go')}
        </Button>
      </div>
    </form>
  );
}

/** What the form holds; another kind brings its own proposal. */
function useMappingForm(extract: ExtractDetail, look: ExtractLook) {
  const proposalFor = (kind: ExtractKind) => look.mappings.find((one) => one.kind === kind);
  const first = extract.source?.kind ?? look.suggestedKind;
  const known = extract.source ?? proposalFor(first)?.remembered;
  const [kind, setKind] = useState<ExtractKind>(first);
  const [system, setSystem] = useState(known?.system ?? '');
  const [registers, setRegisters] = useState(known?.registers ?? serviceOfKind[first] === 'social-work');
  const [complete, setComplete] = useState(known?.complete ?? true);
  const [mapping, setMapping] = useState<Mapping>(
    proposalFor(first)?.mapping ?? { columns: [], codes: [], dateOrder: 'day-first' },
  );
  const choose = (value: string) => {
    const next = extractKinds.find((one) => one === value) ?? kind;
    const proposed = proposalFor(next);
    setKind(next);
    if (proposed) setMapping(proposed.mapping);
    if (proposed?.remembered) setSystem(proposed.remembered.system);
    setRegisters(proposed?.remembered?.registers ?? serviceOfKind[next] === 'social-work');
  };
  return {
    ...{ kind, system, registers, complete, mapping, proposed: proposalFor(kind) },
    ...{ choose, setSystem, setRegisters, setComplete, setMapping },
  };
}
