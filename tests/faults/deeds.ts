/**
 * What somebody did and was told that it was done. Each must have left exactly one trace in the database and one in what
 * people see; the counting asks for both. `token` is a word that nobody else ever typed.
 */
export type Deed =
  | {
      readonly kind: 'submit';
      readonly token: string;
      readonly requestId: string;
      readonly reference: string;
      readonly askerId: string;
      /** The message in the asker's chat that is now the request's card. */
      readonly activityId: string;
    }
  | { readonly kind: 'take'; readonly requestId: string; readonly personId: string }
  | { readonly kind: 'say'; readonly requestId: string; readonly token: string }
  | { readonly kind: 'schedule'; readonly requestId: string; readonly reviewId: string; readonly reference: string }
  | { readonly kind: 'accept'; readonly reviewId: string; readonly personId: string };

export interface Diary {
  readonly deeds: Deed[];
  /** Two people were both told that they have the same request: a duplicate that leaves no second row. */
  takenTwice: number;
  /** Somebody has a request and was told that another was quicker. */
  takenUntold: number;
}
