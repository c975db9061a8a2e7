/** *Something has changed* (product.md A.5): what somebody tells before the council's own records say it. Pure. */
export const changeKinds = ['home', 'school', 'status', 'worker', 'must-not-know'] as const;
export type ChangeKind = (typeof changeKinds)[number];
