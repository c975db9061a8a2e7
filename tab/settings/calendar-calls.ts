import {
  type AddAbsence,
  added,
  type AddSchoolDate,
  type CalendarFile,
  calendarPreview,
  calendars,
} from '../../bot/people/calendar-contract.js';
import { nothing, type Send } from '../send.js';

export function calendarCalls(send: Send) {
  return {
    readCalendars: (span: { readonly fromOn: string; readonly untilOn: string }) =>
      send('GET', `/calendars?${new URLSearchParams({ ...span })}`, calendars),
    previewCalendar: (file: CalendarFile) => send('POST', '/calendars/preview', calendarPreview, file),
    importCalendar: (file: CalendarFile) => send('POST', '/calendars/import', calendarPreview, file),
    addSchoolDate: (date: AddSchoolDate) => send('POST', '/calendars/dates', added, date),
    removeSchoolDate: (id: string) => send('POST', `/calendars/dates/${id}/remove`, nothing, {}),
    addAbsence: (absence: AddAbsence) => send('POST', '/absences', added, absence),
    removeAbsence: (id: string) => send('POST', `/absences/${id}/remove`, nothing, {}),
  };
}
