import { Field, makeStyles, Select, Subtitle2, tokens } from '@fluentui/react-components';
import type { ExtractLook } from '../../bot/learners/extract-contract.js';
import { codesOf } from '../../bot/learners/extract-codes.js';
import type { ExtractField } from '../../bot/learners/extract.js';
import { say, wordFor } from '../words.js';
import type { Mapping } from './mapping.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, maxWidth: '32rem' },
});

interface Props {
  readonly look: ExtractLook;
  readonly unmapped: ExtractLook['mappings'][number]['unmapped'];
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

/** Values whose meaning only the council knows. What is left without one is rejected, and says so. */
export function CodeFields({ look, unmapped, mapping, onChange }: Props) {
  const styles = useStyles();
  if (unmapped.length === 0) return null;
  const valueOf = (field: ExtractField, theirs: string) =>
    mapping.codes.find((one) => one.field === field && one.theirs === theirs)?.ours ?? '';
  const choose = (field: ExtractField, theirs: string, ours: string) => {
    const others = mapping.codes.filter((one) => one.field !== field || one.theirs !== theirs);
    onChange({ ...mapping, codes: ours === '' ? others : [...others, { field, theirs, ours }] });
  };
  return (
    <section className={styles.root} aria-label={say('mapping.codes')}>
      <Subtitle2 as="h3">{say('mapping.codes')}</Subtitle2>
      {unmapped.map(({ field, theirs }) => (
        <Field
          key={`${field} ${theirs}`}
          label={say('mapping.theirs', { field: say(`field.${field}`), value: theirs })}
        >
          <Select value={valueOf(field, theirs)} onChange={(_event, { value }) => choose(field, theirs, value)}>
            <option value="">{say('mapping.notMapped')}</option>
            {meaningsOf(field, look).map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      ))}
    </section>
  );
}

function meaningsOf(field: ExtractField, look: ExtractLook): { code: string; label: string }[] {
  if (field === 'school') return look.schools.map(({ id, name }) => ({ code: id, label: name }));
  const lists = { status: 'status', home: 'living', education: 'educated' } as const;
  const list = field === 'status' || field === 'home' || field === 'education' ? lists[field] : null;
  return (codesOf[field] ?? []).map((code) => ({ code, label: (list && wordFor(list, code)) ?? code }));
}
