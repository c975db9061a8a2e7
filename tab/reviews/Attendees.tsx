import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReviewDetail } from '../../bot/reviews/contract.js';
import type { Response } from '../../bot/reviews/review.js';
import { sayWhen } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { Tag, type TagLook } from '../ui/Tag.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: `${tokens.spacingVerticalS} 0 0`, padding: 0 },
  one: {
    display: 'grid',
    gridTemplateColumns: '1fr max-content',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalSNudge} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const looks: Readonly<Record<Response, TagLook>> = {
  none: 'over',
  accepted: 'good',
  tentative: 'waiting',
  declined: 'bad',
};

/** Who is invited and what each has answered; a proposed time is said where it was made. */
export function Attendees({ attendees }: Pick<ReviewDetail, 'attendees'>) {
  const styles = useStyles();
  const now = useNow();
  return (
    <section>
      <Subtitle2 as="h2">{say('review.attendees')}</Subtitle2>
      <ul className={styles.list}>
        {attendees.map(({ id, person, service, required, response, proposed }) => (
          <li key={id} className={styles.one}>
            <span>
              {person?.name ?? say('review.noPerson')}
              <Text size={200} block className={styles.quiet}>
                {say(`service.${service}`)}, {say(required ? 'review.required' : 'review.optional')}
              </Text>
              {proposed ? (
                <Text size={200} block>
                  {say('review.proposes', { when: sayWhen(Date.parse(proposed.startsAt), now) })}
                </Text>
              ) : null}
            </span>
            <Tag look={looks[response]}>{say(`response.${response}`)}</Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}
