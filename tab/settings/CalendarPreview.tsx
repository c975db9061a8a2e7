import { Button, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CalendarPreview as Preview } from '../../bot/people/calendar-contract.js';
import { Tag } from '../ui/Tag.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  scroller: { maxHeight: '24rem', overflow: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}` },
  table: { borderCollapse: 'collapse', width: '100%' },
  cell: {
    textAlign: 'left',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    fontWeight: tokens.fontWeightRegular,
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
});

type Outcome = Preview['rows'][number]['outcome'];
const outcomes = ['new', 'unchanged', 'rejected'] as const satisfies readonly Outcome[];
const looks = { new: 'good', unchanged: 'over', rejected: 'bad' } as const;

interface Props {
  readonly preview: Preview;
  readonly pending: boolean;
  readonly onTake: () => void;
  readonly onLeave: () => void;
}

/** Every line of the file and what would become of it; those not taken with the reason. */
export function CalendarPreview({ preview, pending, onTake, onLeave }: Props) {
  const styles = useStyles();
  const [only, setOnly] = useState<Outcome | ''>('');
  const { counts } = preview;
  const rows = preview.rows.filter(({ outcome }) => only === '' || outcome === only);
  return (
    <div className={styles.root}>
      <div className={styles.buttons}>
        <Text role="status">
          {say('preview.counts', { added: counts.new, same: counts.unchanged, rejected: counts.rejected })}
        </Text>
        <Select
          aria-label={say('preview.only')}
          value={only}
          onChange={(_event, { value }) => setOnly(outcomes.find((one) => one === value) ?? '')}
        >
          <option value="">{say('preview.all')}</option>
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {say(`preview.${outcome}`)}
            </option>
          ))}
        </Select>
      </div>
      <Rows rows={rows} />
      <div className={styles.buttons}>
        <Button appearance="primary" disabledFocusable={pending || counts.new === 0} onClick={onTake}>
          {say('preview.take', { count: counts.new })}
        </Button>
        <Button onClick={onLeave}>{say('preview.leave')}</Button>
      </div>
    </div>
  );
}

function Rows({ rows }: Pick<Preview, 'rows'>) {
  const styles = useStyles();
  return (
    <div className={styles.scroller} tabIndex={0} role="region" aria-label={say('preview.title')}>
      <table className={styles.table}>
        <thead>
          <tr>
            {(['line', 'outcome', 'kind', 'name', 'days', 'school'] as const).map((column) => (
              <th key={column} scope="col" className={styles.cell}>
                {say(`preview.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td className={styles.cell}>{row.line}</td>
              <td className={styles.cell}>
                <Tag look={looks[row.outcome]}>{say(`preview.${row.outcome}`)}</Tag>{' '}
                {row.why ? say(`preview.why.${row.why}`) : null}
              </td>
              <td className={styles.cell}>{row.kind ? say(`dateKind.${row.kind}`) : null}</td>
              <td className={styles.cell}>{row.name}</td>
              <td className={styles.cell}>{[row.fromOn, row.untilOn].filter(Boolean).join(' – ')}</td>
              <td className={styles.cell}>{row.school ?? say('calendars.allSchools')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
