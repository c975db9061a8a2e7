import { makeStyles, Text } from '@fluentui/react-components';
import { Facts } from '../ui/Facts.js';
import { say } from '../words.js';
import { Named } from './Named.js';
import { asGroup, asList, labelOf, type Shape, weekdays } from './shape.js';

const useStyles = makeStyles({ list: { margin: 0, paddingLeft: '1.5rem' } });

/** A value in words. */
export function ValueView({ shape, value }: { readonly shape: Shape; readonly value: unknown }) {
  if (value === null || value === undefined || value === '') return <Text>{say('settings.notSaid')}</Text>;
  switch (shape.kind) {
    case 'list':
      return <ListView of={shape.of} lines={asList(value)} />;
    case 'group':
      return (
        <Facts
          facts={shape.fields.map((field) => ({
            name: field.label,
            value: <ValueView shape={field.shape} value={asGroup(value)[field.name]} />,
          }))}
        />
      );
    case 'maybe':
      return <ValueView shape={shape.of} value={value} />;
    case 'choice':
      return <Text>{inWords(shape, value)}</Text>;
    case 'named':
      return <Named of={shape.of} id={value} />;
    case 'yes-no':
      return <Text>{say(value === true ? 'yes' : 'no')}</Text>;
    case 'weekday':
      return <Text>{sayWeekday(value)}</Text>;
    case 'raw':
      return <pre>{JSON.stringify(value, null, 2)}</pre>;
    default:
      return <Text>{inWords(shape, value)}</Text>;
  }
}

function ListView({ of, lines }: { readonly of: Shape; readonly lines: readonly unknown[] }) {
  const styles = useStyles();
  if (lines.length === 0) return <Text>{say('settings.noLines')}</Text>;
  return (
    <ol className={styles.list}>
      {lines.map((line, index) => (
        <li key={index}>
          {of.kind === 'group' ? <Text>{inOneLine(of.fields, line)}</Text> : <ValueView shape={of} value={line} />}
        </li>
      ))}
    </ol>
  );
}

function inOneLine(fields: Extract<Shape, { kind: 'group' }>['fields'], line: unknown): string {
  const group = asGroup(line);
  return fields
    .filter(({ name }) => group[name] !== undefined && group[name] !== null)
    .map(({ name, label, shape }) => say('settings.pair', { name: label, value: inWords(shape, group[name]) }))
    .join(', ');
}

function inWords(shape: Shape, value: unknown): string {
  if (shape.kind === 'weekday') return sayWeekday(value);
  if (typeof value === 'string') return shape.kind === 'choice' ? labelOf(value) : value;
  return JSON.stringify(value);
}

function sayWeekday(value: unknown): string {
  const day = weekdays.find((one) => one === value);
  return day ? say(`weekday.${day}`) : say('settings.notSaid');
}
