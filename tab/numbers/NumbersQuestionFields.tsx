import { Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { breakdowns, type NumbersQuestion, type TermList } from '../../bot/requests/numbers-contract.js';
import { addDays, dateOf } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'end' },
});

interface Props {
  readonly terms: TermList;
  readonly question: NumbersQuestion | null;
  readonly onChange: (question: NumbersQuestion) => void;
}

const free = 'free';

/** Of which time, of which school, and by what. */
export function NumbersQuestionFields({ terms, question, onChange }: Props) {
  const styles = useStyles();
  const now = useNow();
  const rest = { by: question?.by ?? 'need', ...(question?.schoolId ? { schoolId: question.schoolId } : {}) } as const;
  const today = dateOf(now);
  const chooseTime = (value: string) =>
    onChange(value === free ? { ...rest, from: addDays(today, -90), until: today } : { ...rest, termId: value });
  return (
    <div className={styles.root}>
      <Field label={say('numbers.term')}>
        <Select value={question?.termId ?? (question ? free : '')} onChange={(_event, { value }) => chooseTime(value)}>
          {question ? null : <option value="">{say('numbers.choose')}</option>}
          {terms.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {terms.freeDates ? <option value={free}>{say('numbers.freeDates')}</option> : null}
        </Select>
      </Field>
      {question?.from && question.until ? <Dates question={question} onChange={onChange} /> : null}
      <Field label={say('numbers.by')}>
        <Select
          value={rest.by}
          disabled={question === null}
          onChange={(_event, { value }) =>
            question && onChange({ ...question, by: breakdowns.find((one) => one === value) ?? 'need' })
          }
        >
          {breakdowns.map((one) => (
            <option key={one} value={one}>
              {say(`numbers.by.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {question ? <School terms={terms} question={question} onChange={onChange} /> : null}
    </div>
  );
}

type PartProps = Omit<Props, 'question' | 'terms'> & { readonly question: NumbersQuestion };

function Dates({ question, onChange }: PartProps) {
  return (
    <>
      {(['from', 'until'] as const).map((end) => (
        <Field key={end} label={say(`numbers.${end}`)}>
          <Input
            type="date"
            value={question[end] ?? ''}
            onChange={(_event, { value }) => value && onChange({ ...question, [end]: value })}
          />
        </Field>
      ))}
    </>
  );
}

/** Only for those who may ask for some schools, or for every one by name. */
function School({ terms, question, onChange }: PartProps & Pick<Props, 'terms'>) {
  const { schools } = terms;
  if (!schools || schools.length === 0) return null;
  const choose = (id: string) => {
    const { schoolId: _old, ...rest } = question;
    onChange(id ? { ...rest, schoolId: id } : rest);
  };
  return (
    <Field label={say('filter.school')}>
      <Select value={question.schoolId ?? ''} onChange={(_event, { value }) => choose(value)}>
        <option value="">{say('requests.filterAny')}</option>
        {schools.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
