import { Field, Input, Textarea } from '@fluentui/react-components';
import { ServiceSelect } from './ServiceSelect.js';
import type { MoveWord } from '../../bot/requests/request.js';
import { say } from '../words.js';

/** What has been typed for a move. `toldAt` is London's wall time, 'YYYY-MM-DDTHH:MM'. */
export interface MoveDraft {
  readonly reason: string;
  readonly signpost: string;
  readonly service: string;
  readonly by: string;
  readonly toldWho: string;
  readonly toldAt: string;
}

interface Props {
  readonly words: readonly MoveWord[];
  readonly draft: MoveDraft;
  readonly missing: readonly MoveWord[];
  readonly onChange: (draft: MoveDraft) => void;
}

export function MoveFields({ words, draft, missing, onChange }: Props) {
  const lack = (word: MoveWord) => (missing.includes(word) ? { validationMessage: say('moveDialog.missing') } : {});
  return (
    <>
      {words.includes('service') ? (
        <Field label={say('moveField.service')} required {...lack('service')}>
          <ServiceSelect value={draft.service} onChange={(service) => onChange({ ...draft, service })} />
        </Field>
      ) : null}
      {words.includes('by') ? (
        <Field label={say('moveField.by')} required {...lack('by')}>
          <Input value={draft.by} maxLength={120} onChange={(_event, { value }) => onChange({ ...draft, by: value })} />
        </Field>
      ) : null}
      {(['reason', 'signpost'] as const)
        .filter((word) => words.includes(word))
        .map((word) => (
          <Field key={word} label={say(`moveField.${word}`)} hint={say(`moveHint.${word}`)} required {...lack(word)}>
            <Textarea
              value={draft[word]}
              maxLength={1000}
              onChange={(_event, { value }) => onChange({ ...draft, [word]: value })}
            />
          </Field>
        ))}
      {words.includes('told') ? <Told draft={draft} onChange={onChange} lack={lack('told')} /> : null}
    </>
  );
}

function Told({
  draft,
  onChange,
  lack,
}: Pick<Props, 'draft' | 'onChange'> & { readonly lack: { readonly validationMessage?: string } }) {
  return (
    <>
      <Field label={say('moveField.toldWho')} required {...lack}>
        <Input
          value={draft.toldWho}
          maxLength={120}
          onChange={(_event, { value }) => onChange({ ...draft, toldWho: value })}
        />
      </Field>
      <Field label={say('moveField.toldAt')} required>
        <Input
          type="datetime-local"
          value={draft.toldAt}
          onChange={(_event, { value }) => onChange({ ...draft, toldAt: value })}
        />
      </Field>
    </>
  );
}
