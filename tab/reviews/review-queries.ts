import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ReviewDetail, reviewList, ReviewRow, scheduleReview } from '../../bot/reviews/contract.js';
import type { PlanFor } from '../api.js';
import { codeOf, Failure } from '../failure.js';
import { isId, type ReviewViewName } from '../paths.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';

type ReviewList = z.infer<typeof reviewList>;

export function useReviewList(view: ReviewViewName) {
  const { api } = useTab();
  return useQuery({ queryKey: keys.reviewList(view), queryFn: () => api.searchReviews({ view, limit: 200 }) });
}

function useReviewId(reference: string) {
  const { api } = useTab();
  const client = useQueryClient();
  const known = () =>
    client
      .getQueriesData<ReviewList>({ queryKey: keys.reviewLists })
      .flatMap(([, list]) => list?.items ?? [])
      .find((row) => row.reference === reference)?.id;
  return useQuery({
    queryKey: keys.reviewId(reference),
    queryFn: async () => {
      const { items } = await api.searchReviews({ view: 'everything', reference, limit: 200 });
      const id = items.find((row) => row.reference === reference)?.id;
      if (!id) throw new Failure('not-found');
      return id;
    },
    initialData: isId(reference) ? reference : known,
    staleTime: Infinity,
  });
}

/** One review by its reference (or id). */
export function useReview(reference: string) {
  const { api } = useTab();
  const found = useReviewId(reference);
  const id = found.data;
  const review = useQuery({
    queryKey: keys.review(id ?? ''),
    queryFn: () => api.readReview(id ?? ''),
    enabled: id !== undefined,
  });
  return id === undefined && found.isError ? { ...review, error: found.error, refetch: found.refetch } : review;
}

export function useProposal(what: PlanFor | null) {
  const { api } = useTab();
  return useQuery({
    queryKey: what ? keys.proposal(what) : keys.reviewLists,
    queryFn: () => (what ? api.proposeReview(what) : Promise.reject(new Failure('not-found'))),
    enabled: what !== null,
    staleTime: Infinity,
  });
}

export type NewReview = Omit<z.input<typeof scheduleReview>, 'nonce'>;

export function useSchedule(onBooked: (review: ReviewDetail) => void) {
  const { api, nonce } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  const mutation = useMutation({
    mutationFn: (review: NewReview & { readonly nonce: string }) => api.scheduleReview(review),
    onSuccess: (review) => {
      client.setQueryData(keys.review(review.id), review);
      client.setQueryData(keys.reviewId(review.reference), review.id);
      void client.invalidateQueries({ queryKey: keys.reviewLists });
      void client.invalidateQueries({ queryKey: keys.requestDetails });
      notify.done(say('plan.booked', { reference: review.reference }));
      onBooked(review);
    },
    onError: (error) => notify.refused(whyNotBooked(error)),
  });
  return { ...mutation, schedule: (review: NewReview) => mutation.mutate({ ...review, nonce: nonce() }) };
}

/** What the service refused, by what it named (bot/reviews/contract.ts scheduleReview). */
function whyNotBooked(error: unknown): string {
  const code = codeOf(error);
  const where = error instanceof Failure ? error.where : null;
  if (code !== 'not-allowed-now') return say(`failure.${code}`);
  if (where === 'requestId') return say('plan.hasReview');
  return where === 'acceptUnknown' ? say('plan.acceptFirst') : say('plan.slotTaken');
}

export function useCancel(review: Pick<ReviewRow, 'id' | 'reference' | 'version'>) {
  const { api, nonce } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  const mutation = useMutation({
    mutationFn: (press: { readonly version: number; readonly nonce: string }) => api.cancelReview(review.id, press),
    onSuccess: (detail) => {
      client.setQueryData(keys.review(detail.id), detail);
      notify.done(say('review.cancelled', { reference: detail.reference }));
    },
    onError: (error) => {
      notify.refused(say(`failure.${codeOf(error)}`));
      void client.invalidateQueries({ queryKey: keys.review(review.id) });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.reviewLists }),
  });
  return { ...mutation, cancel: () => mutation.mutate({ version: review.version, nonce: nonce() }) };
}
