import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { NumbersQuestion } from '../../bot/requests/numbers-contract.js';
import type { ExportReason } from './numbers-calls.js';
import { codeOf } from '../failure.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';

export function useTerms() {
  const { api } = useTab();
  return useQuery({ queryKey: keys.terms, queryFn: () => api.listTerms(), staleTime: 5 * 60_000 });
}

/** What was shown stays in sight while the next answer is on its way. */
export function useNumbers(question: NumbersQuestion | null) {
  const { api } = useTab();
  return useQuery({
    queryKey: keys.numbers(question),
    queryFn: () => (question ? api.readNumbers(question) : Promise.reject(new Error('nothing was asked'))),
    enabled: question !== null,
    placeholderData: keepPreviousData,
  });
}

/** Gives the numbers to the browser as a file. */
export function useExport(question: NumbersQuestion, onDone: () => void) {
  const { api } = useTab();
  const notify = useNotify();
  return useMutation({
    mutationFn: (reason: ExportReason) => api.exportNumbers(question, reason),
    onSuccess: (file) => {
      const url = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = url;
      link.download = 'requests.csv';
      link.click();
      URL.revokeObjectURL(url);
      notify.done(say('numbers.exported'));
      onDone();
    },
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
  });
}
