import {
  Checkbox,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { levels, needs, urgencies } from '../../bot/requests/request.js';
import { heardBy } from '../../bot/requests/triage-contract.js';
import { say } from '../words.js';
import type { CallDraft, missingOf } from './log-call.js';
import { PersonBox } from './PersonBox.js';
import { usePlaces } from './use-places.js';

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 14rem), 1fr))',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalS,
  },
  whole: { gridColumnStart: 1, gridColumnEnd: -1 },
});

interface Props {
  readonly draft: CallDraft;
  readonly missing: ReturnType<typeof missingOf>;
  readonly onChange: (draft: CallDraft) => void;
}

/** In the order in which somebody on the telephone says it. */
export function LogCallFields({ draft, missing, onChange }: Props) {
  const styles = useStyles();
  const change = (part: Partial<CallDraft>) => onChange({ ...draft, ...part });
  const lack = (field: (typeof missing)[number]) =>
    missing.includes(field) ? { validationMessage: say('logCall.missing') } : {};
  return (
    <div className={styles.grid}>
      <Field label={say('logCall.who')} required {...lack('name')}>
        <PersonBox
          name={draft.name}
          onName={(name) => change({ name, personId: null })}
          onPerson={({ id, name }) => change({ name, personId: id })}
        />
      </Field>
      {draft.personId ? null : (
        <Field label={say('logCall.telephone')}>
          <Input
            type="tel"
            value={draft.telephone}
            maxLength={30}
            onChange={(_event, { value }) => change({ telephone: value })}
          />
        </Field>
      )}
      <SchoolField draft={draft} change={change} />
      <LearnerFields draft={draft} change={change} lack={lack('initials')} />
      <NeedFields draft={draft} change={change} />
      <Field label={say('logCall.what')} required className={styles.whole} {...lack('what')}>
        <Textarea
          rows={4}
          value={draft.what}
          maxLength={4000}
          onChange={(_event, { value }) => change({ what: value })}
        />
      </Field>
      <Field label={say('logCall.heardBy')} className={styles.whole}>
        <RadioGroup
          layout="horizontal"
          value={draft.heardBy}
          onChange={(_event, { value }) => change({ heardBy: heardBy.find((one) => one === value) ?? 'telephone' })}
        >
          {heardBy.map((one) => (
            <Radio key={one} value={one} label={say(`heardBy.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Checkbox
        className={styles.whole}
        label={say('logCall.take')}
        checked={draft.take}
        onChange={(_event, { checked }) => change({ take: checked === true })}
      />
    </div>
  );
}

interface PartProps {
  readonly draft: CallDraft;
  readonly change: (part: Partial<CallDraft>) => void;
}

function SchoolField({ draft, change }: PartProps) {
  const { schools } = usePlaces();
  return (
    <Field label={say('logCall.school')}>
      <Select value={draft.schoolId} onChange={(_event, { value }) => change({ schoolId: value })}>
        <option value="">{say('logCall.noSchool')}</option>
        {schools.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function LearnerFields({ draft, change, lack }: PartProps & { readonly lack: { validationMessage?: string } }) {
  return (
    <>
      <Field label={say('logCall.level')}>
        <Select
          value={draft.level}
          onChange={(_event, { value }) => change({ level: levels.find((one) => one === value) ?? 'learner' })}
        >
          {levels.map((level) => (
            <option key={level} value={level}>
              {say(`level.${level}`)}
            </option>
          ))}
        </Select>
      </Field>
      {draft.level === 'learner' ? (
        <>
          <Field label={say('logCall.initials')} required {...lack}>
            <Input
              value={draft.initials}
              maxLength={8}
              autoComplete="off"
              onChange={(_event, { value }) => change({ initials: value })}
            />
          </Field>
          <Field label={say('logCall.class')}>
            <Input
              value={draft.className}
              maxLength={20}
              autoComplete="off"
              onChange={(_event, { value }) => change({ className: value })}
            />
          </Field>
        </>
      ) : null}
    </>
  );
}

function NeedFields({ draft, change }: PartProps) {
  return (
    <>
      <Field label={say('logCall.need')}>
        <Select
          value={draft.need}
          onChange={(_event, { value }) => change({ need: needs.find((one) => one === value) ?? 'other' })}
        >
          {needs.map((need) => (
            <option key={need} value={need}>
              {say(`need.${need}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={say('logCall.urgency')}>
        <Select
          value={draft.urgency}
          onChange={(_event, { value }) => change({ urgency: urgencies.find((one) => one === value) ?? 'this-week' })}
        >
          {urgencies.map((urgency) => (
            <option key={urgency} value={urgency}>
              {say(`urgency.${urgency}`)}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
