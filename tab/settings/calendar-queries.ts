import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CalendarFile } from '../../bot/people/calendar-contract.js';
import { codeOf } from '../failure.js';
import { keys } from '../query-keys.js';
import { type Tab, useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';

/** Both days inclusive, 'YYYY-MM-DD'. */
export interface Span {
  readonly fromOn: string;
  readonly untilOn: string;
}

export function useCalendars(span: Span) {
  const { api } = useTab();
  return useQuery({ queryKey: keys.calendars(span), queryFn: () => api.readCalendars(span) });
}

/** Any change of the calendars; afterwards all that is reckoned by them is read again. */
export function useCalendarChange<Input>(change: (api: Tab['api'], input: Input) => Promise<unknown>, done: string) {
  const { api } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (input: Input) => change(api, input),
    onSuccess: () => notify.done(done),
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
    onSettled: () => {
      for (const queryKey of [keys.allCalendars, keys.routing, keys.workload])
        void client.invalidateQueries({ queryKey });
    },
  });
}

/** What a file would do, before it does it. */
export function usePreview() {
  const { api } = useTab();
  return useMutation({ mutationFn: (file: CalendarFile) => api.previewCalendar(file) });
}
