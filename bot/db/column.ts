/**
 * Every column says where its value comes from, how sensitive it is, how long its record is kept, under which regime a
 * subject may read it and what erasure does. Retention classes are periods that a council sets (reference: domain 5.3);
 * the names here are the classes, never the periods. A test fails on a column that catalogue.ts does not declare.
 */
export type Origin = 'ours' | 'education' | 'social-work' | 'council' | 'microsoft' | 'person';
export type Sensitivity = 'none' | 'staff' | 'care' | 'name' | 'text';
export type Retention = 'reference' | 'staff' | 'learner' | 'request' | 'review' | 'audit' | 'short';
export type SubjectAccess = 'none' | 'staff' | 'education' | 'social-work' | 'both';
export type Erasure = 'keep' | 'delete' | 'blank';

export interface ColumnDeclaration {
  readonly origin: Origin;
  readonly sensitivity: Sensitivity;
  readonly retention: Retention;
  readonly subjectAccess: SubjectAccess;
  readonly erasure: Erasure;
}
