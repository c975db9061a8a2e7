import { Text } from '@fluentui/react-components';
import type { Workload } from '../../bot/requests/workload-contract.js';
import { sayCalendarDay } from '../ui/dates.js';
import { Tag } from '../ui/Tag.js';
import { say } from '../words.js';

type Person = Pick<Workload['people'][number], 'away' | 'newSince' | 'leavesOn' | 'gone'>;

/** Whether somebody is there at all: away, new in post, leaving, gone. */
export function PersonTags({ person, now }: { readonly person: Person; readonly now: number }) {
  const { away, newSince, leavesOn, gone } = person;
  return (
    <>
      {away ? (
        <>
          <Tag look="waiting">{say('workload.awayTag')}</Tag> <Text size={200}>{awayWords(away, now)}</Text>
        </>
      ) : null}
      {newSince ? <Tag look="going">{say('workload.new', { since: sayCalendarDay(newSince, now) })}</Tag> : null}
      {leavesOn && !gone ? (
        <Tag look="waiting">{say('workload.leaves', { on: sayCalendarDay(leavesOn, now) })}</Tag>
      ) : null}
      {gone ? <Tag look="bad">{say('workload.gone')}</Tag> : null}
    </>
  );
}

export function awayWords({ from, until, cover }: NonNullable<Person['away']>, now: number): string {
  const days = { from: sayCalendarDay(from, now), until: sayCalendarDay(until, now) };
  return cover ? say('workload.awayCovered', { ...days, name: cover.name }) : say('workload.away', days);
}
