import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL, maxWidth: '72ch' },
  text: { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
});

/** Said when it is known, and only then: none of it is asked for. */
function added({ asked }: RequestDetail) {
  const { indicators, namedPerson, leadProfessional, feedback } = asked;
  const helped = feedback && [say(`request.helped.${feedback.helped}`), feedback.changed].filter(Boolean).join(' ');
  const known = [
    { title: say('request.indicators'), text: indicators.map(named).join(', ') },
    { title: say('request.namedPerson'), text: namedPerson },
    { title: say('request.leadProfessional'), text: leadProfessional },
    { title: say('request.feedback'), text: helped },
  ];
  return known.filter(({ text }) => text);
}

/** The indicators are plain words, written as the practice model writes them. */
const named = (indicator: string) => `${indicator.slice(0, 1).toUpperCase()}${indicator.slice(1)}`;

/** What the school said, in its own words. What it has not said yet is named as such. */
export function RequestStory({ request }: { readonly request: RequestDetail }) {
  const styles = useStyles();
  const parts = [
    { title: say('request.what'), text: request.what },
    { title: say('request.tried'), text: request.tried },
    { title: say('request.learnerView'), text: request.learnerView },
    { title: say('request.hoped'), text: request.hoped },
    ...added(request),
  ];
  return (
    <div className={styles.root}>
      {parts.map(({ title, text }) => (
        <section key={title}>
          <Subtitle2 as="h2">{title}</Subtitle2>
          <Text as="p" block className={text ? styles.text : styles.quiet}>
            {text ?? say('request.notSaid')}
          </Text>
        </section>
      ))}
    </div>
  );
}
