/** Who should be at a review: those who hold the two ends of the thread first. Pure. Source: product.md E.3. */
export const invitedBecause = [
  'designated-manager',
  'social-worker',
  'has-request',
  'you',
  'asked',
  'reviewing-officer',
  'named-person',
  'class-teacher',
  'virtual-school-worker',
] as const;
export type InvitedBecause = (typeof invitedBecause)[number];

export interface AroundLearner {
  readonly managerIds: readonly string[];
  readonly socialWorkerId: string | null;
  readonly links: readonly { readonly person_id: string; readonly kind: string }[];
}

export interface Proposed {
  readonly personId: string;
  readonly because: InvitedBecause;
  readonly required: boolean;
}

/**
 * Required are one from each side and one of ours: the school's designated manager (without one, who asked), the social
 * worker, and whoever has the request (without one, who plans). A person is named once, for the first reason.
 */
export function proposePeople(
  around: AroundLearner,
  request: { readonly askerId: string; readonly assigneeId: string | null } | null,
  plannerId: string | null,
): Proposed[] {
  const [manager, ...otherManagers] = around.managerIds;
  const assignee = request?.assigneeId ?? null;
  const linked = (kind: InvitedBecause) =>
    around.links.filter((link) => link.kind === kind).map((link) => one(link.person_id, kind, false));
  const worker = around.socialWorkerId ?? around.links.find((link) => link.kind === 'social-worker')?.person_id ?? null;
  const all = [
    ...(manager ? [one(manager, 'designated-manager', true)] : []),
    ...(worker ? [one(worker, 'social-worker', true)] : []),
    ...(assignee ? [one(assignee, 'has-request', true)] : []),
    ...(plannerId ? [one(plannerId, 'you', assignee === null)] : []),
    ...(request ? [one(request.askerId, 'asked', manager === undefined)] : []),
    ...linked('reviewing-officer'),
    ...linked('named-person'),
    ...linked('class-teacher'),
    ...linked('virtual-school-worker'),
    ...otherManagers.map((id) => one(id, 'designated-manager', false)),
  ];
  return all.filter(({ personId }, index) => all.findIndex((other) => other.personId === personId) === index);
}

function one(personId: string, because: InvitedBecause, required: boolean): Proposed {
  return { personId, because, required };
}
