import { Button, makeStyles, mergeClasses, Text, Title3, tokens } from '@fluentui/react-components';
import { type DragEvent, useRef, useState } from 'react';
import type { CalendarFile } from '../../bot/people/calendar-contract.js';
import { codeOf } from '../failure.js';
import { say } from '../words.js';
import { CalendarPreview } from './CalendarPreview.js';
import { useCalendarChange, usePreview } from './calendar-queries.js';

const useStyles = makeStyles({
  drop: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalL,
    margin: `${tokens.spacingVerticalS} 0`,
    border: `2px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  over: { border: `2px dashed ${tokens.colorBrandStroke1}` },
  hidden: { display: 'none' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** As much of a file as the service takes, in characters (bot/people/calendar-contract.ts). */
const most = 500_000;

/** A CSV or iCalendar file: what it would do is shown before it does it. */
export function CalendarUpload() {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [tooLong, setTooLong] = useState(false);
  const preview = usePreview();
  const importing = useCalendarChange((api, file: CalendarFile) => api.importCalendar(file), say('calendars.imported'));
  const read = async (file: File | undefined) => {
    if (!file) return;
    const text = await file.text();
    setTooLong(text.length > most);
    if (text.length > most) return preview.reset();
    const format = /\.ics$/i.test(file.name) || text.startsWith('BEGIN:VCALENDAR') ? 'ics' : 'csv';
    preview.mutate({ format, fileName: file.name.slice(0, 120), text });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  };
  return (
    <section>
      <Title3 as="h3">{say('calendars.upload')}</Title3>
      <div
        className={mergeClasses(styles.drop, over && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Button onClick={() => input.current?.click()}>{say('calendars.choose')}</Button>
        <Text className={styles.quiet}>{say('calendars.uploadExplains')}</Text>
        <input
          ref={input}
          type="file"
          accept=".csv,.ics,text/csv,text/calendar"
          className={styles.hidden}
          aria-label={say('calendars.choose')}
          onChange={({ target }) => {
            void read(target.files?.[0]);
            target.value = '';
          }}
        />
      </div>
      {tooLong ? <Text role="alert">{say('calendars.tooLong')}</Text> : null}
      {preview.isPending ? <Text role="status">{say('loading')}</Text> : null}
      {preview.isError ? <Text role="alert">{say(`failure.${codeOf(preview.error)}`)}</Text> : null}
      {preview.data ? (
        <CalendarPreview
          preview={preview.data}
          pending={importing.isPending}
          onTake={() => importing.mutate(preview.variables, { onSuccess: preview.reset })}
          onLeave={preview.reset}
        />
      ) : null}
    </section>
  );
}
