import {
  Checkbox,
  makeStyles,
  Select,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components';
import type { ExtractLook } from '../../bot/learners/extract-contract.js';
import { type ExtractField, type ExtractKind, fieldsOf, kindFields } from '../../bot/learners/extract.js';
import { say } from '../words.js';
import type { Mapping } from './mapping.js';

const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
  samples: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

interface Props {
  readonly kind: ExtractKind;
  readonly look: ExtractLook;
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

/** For each field of the kind: the column it is in, and three values that show whether it is. */
export function ColumnFields({ kind, look, mapping, onChange }: Props) {
  const styles = useStyles();
  const numberOf = (field: ExtractField) => {
    const column = mapping.columns.find((one) => one.field === field);
    return column
      ? look.columns.findIndex(({ heading, place }) => heading === column.heading && place === column.place)
      : -1;
  };
  const choose = (field: ExtractField, number: number) => {
    const chosen = look.columns[number];
    const others = mapping.columns.filter((one) => one.field !== field);
    const own = chosen ? [{ field, heading: chosen.heading, place: chosen.place }] : [];
    onChange({ ...mapping, columns: [...others, ...own] });
  };
  return (
    <>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={say('mapping.title')}>
        <Table size="small" aria-label={say('mapping.title')}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell>{say('mapping.field')}</TableHeaderCell>
              <TableHeaderCell>{say('mapping.column')}</TableHeaderCell>
              <TableHeaderCell>{say('mapping.samples')}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {fieldsOf(kind).map((field) => {
              const number = numberOf(field);
              return (
                <TableRow key={field}>
                  <TableCell>
                    {say(`field.${field}`)}
                    {kindFields[kind].required.includes(field) ? ` (${say('mapping.required')})` : ''}
                  </TableCell>
                  <TableCell>
                    <ColumnSelect field={field} look={look} number={number} onChoose={choose} />
                  </TableCell>
                  <TableCell className={styles.samples}>{look.columns[number]?.values.join(' · ') ?? ''}</TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </div>
      <Checkbox
        label={say('mapping.monthFirst')}
        checked={mapping.dateOrder === 'month-first'}
        onChange={(_event, { checked }) => onChange({ ...mapping, dateOrder: checked ? 'month-first' : 'day-first' })}
      />
    </>
  );
}

interface SelectProps {
  readonly field: ExtractField;
  readonly look: ExtractLook;
  readonly number: number;
  readonly onChoose: (field: ExtractField, number: number) => void;
}

function ColumnSelect({ field, look, number, onChoose }: SelectProps) {
  return (
    <Select
      aria-label={say(`field.${field}`)}
      value={String(number)}
      onChange={(_event, { value }) => onChoose(field, Number(value))}
    >
      <option value="-1">{say('mapping.noColumn')}</option>
      {look.columns.map(({ heading }, place) => (
        <option key={place} value={String(place)}>
          {heading || String(place + 1)}
        </option>
      ))}
    </Select>
  );
}
