import {
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components';
import type { FactShown } from '../../bot/learners/register-contract.js';
import { Tag } from '../ui/Tag.js';
import { When } from '../ui/When.js';
import { say, wordFor } from '../words.js';
import { dayOf } from './learner-columns.js';

const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
  past: { color: tokens.colorNeutralForeground2 },
});

/** A fact's value as people say it. */
export function factValue({ attribute, value }: FactShown): string {
  if (value === null) return say('learners.notKnown');
  if (value === 'true' || value === 'false') return say(value === 'true' ? 'yes' : 'no');
  if (attribute === 'birth-on') return dayOf(value);
  const lists = { status: 'status', home: 'living', education: 'educated' } as const;
  const list = attribute === 'status' || attribute === 'home' || attribute === 'education' ? lists[attribute] : null;
  return (list && wordFor(list, value)) ?? value;
}

export function spanOf(from: string | null, to: string | null): string {
  if (to) return say('learners.until', { from: from ? dayOf(from) : '…', to: dayOf(to) });
  return from ? say('learners.from', { from: dayOf(from) }) : '';
}

/** Every value with its source, when it held and since when it is known; sources stand side by side. */
export function FactTable({ facts }: { readonly facts: readonly FactShown[] }) {
  const styles = useStyles();
  const heads = ['columnFact', 'columnValue', 'columnSource', 'columnHeld', 'columnKnown'] as const;
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={say('learners.facts')}>
      <Table size="extra-small" aria-label={say('learners.facts')}>
        <TableHeader>
          <TableRow>
            {heads.map((head) => (
              <TableHeaderCell key={head}>{say(`learners.${head}`)}</TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {facts.map((fact) => (
            <TableRow key={fact.id} className={fact.holds ? undefined : styles.past}>
              <TableCell>{say(`fact.${fact.attribute}`)}</TableCell>
              <TableCell>{factValue(fact)}</TableCell>
              <TableCell>
                <Tag look="over">{say(`source.${fact.source}`)}</Tag>
              </TableCell>
              <TableCell>{spanOf(fact.from, fact.to)}</TableCell>
              <TableCell>
                <When at={fact.knownFrom} as="day" />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
