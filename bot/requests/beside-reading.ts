import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Reach } from '../access/reach.js';
import { type LearnerField, maySee } from '../access/visibility.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { fullNameOf } from '../learners/learner.js';
import { dateIn } from '../time.js';
import * as repository from './beside-repository.js';
import { needs, requestStates } from './request.js';
import { member } from './rows.js';
import type { RequestAudit, RequestBeside } from './triage-contract.js';

/**
 * What helps to decide, next to a request: what the register knows of the learner, who is around them, their last requests
 * and calls. Each field as this viewer's roles may see it. Throws AppError: forbidden, not-found.
 */
export async function readBeside(ctx: Context, requestId: string): Promise<RequestBeside> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    const { authorityId } = ctx.actor;
    const request = await repository.findRequestSubject(trx, authorityId, requestId);
    if (!request) throw new AppError('not-found');
    const learnerId = request.learner_id;
    const learner = learnerId ? await learnerBeside(ctx, trx, reach, learnerId) : null;
    const others = learner ? await repository.listOtherRequests(trx, authorityId, learner.id, requestId) : [];
    const notes = await repository.listCallNotesBeside(trx, authorityId, requestId, learnerId);
    await audit(ctx, trx, {
      ...{ verb: 'request.beside', purpose: 'triage', subjectKind: 'request', subjectId: requestId },
      learnerIds: learner ? [learner.id] : [],
      fields: learner ? ['learner.name', 'learner.status', 'learner.people', 'learner.requests', 'call-note'] : [],
    });
    return {
      learner,
      requests: others.map((row) => ({
        ...{ id: row.request_id, reference: row.reference, need: member(needs, row.need) },
        state: member(requestStates, row.state),
        ...{ submittedAt: row.submitted_at.toISOString(), closedAt: row.closed_at?.toISOString() ?? null },
      })),
      callNotes: notes.map((note) => ({
        ...{ id: note.note_id, at: note.noted_at.toISOString(), by: note.by, who: note.who, agreed: note.agreed },
        ...{ byOn: note.by_on, done: note.done_at !== null },
      })),
    };
  });
}

async function learnerBeside(
  ctx: Context,
  trx: Trx,
  reach: Reach,
  learnerId: string,
): Promise<RequestBeside['learner']> {
  const { authorityId } = ctx.actor;
  const on = dateIn(ctx.clock.now());
  const found = await repository.findLearnerBeside(trx, authorityId, learnerId, on);
  if (!found) return null;
  const seen = <T>(field: LearnerField, value: T): T | null => (maySee(reach.roles, field) ? value : null);
  const people = await repository.listPeopleBeside(trx, authorityId, learnerId, on);
  const name = { givenName: found.given_name, familyName: found.family_name, knownAs: found.known_as };
  const school = found.school_id && found.school_name ? { id: found.school_id, name: found.school_name } : null;
  return {
    ...{ id: found.learner_id, label: fullNameOf(name), stage: seen('stage', found.stage) },
    ...{ school: seen('school', school), education: seen('education', found.education) },
    ...{ birthOn: seen('birth-on', found.birth_on), home: seen('home', found.home) },
    ...{ status: seen('status', found.status), statusSince: seen('status-since', found.status_since) },
    nonDisclosure: Boolean(found.non_disclosure),
    people: people.map(personBeside),
  };
}

function personBeside(row: repository.PersonBeside) {
  const cover = row.cover_id && row.cover_name ? { id: row.cover_id, name: row.cover_name } : null;
  return {
    ...{ id: row.person_id, name: row.name, as: row.role, telephone: row.telephone, email: row.email },
    away: row.from_on && row.until_on ? { from: row.from_on, until: row.until_on, cover } : null,
  };
}

/** Who looked at the request or changed it. Looking is itself written down. Throws AppError: forbidden, not-found. */
export async function readAudit(ctx: Context, requestId: string): Promise<RequestAudit> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-audit');
    const { authorityId } = ctx.actor;
    if (!(await repository.findRequestSubject(trx, authorityId, requestId))) throw new AppError('not-found');
    const lines = await repository.listAuditOf(trx, authorityId, requestId);
    await audit(ctx, trx, {
      verb: 'request.read-audit',
      purpose: 'oversight',
      subjectKind: 'request',
      subjectId: requestId,
    });
    return { items: lines.map((line) => ({ ...line, at: line.at.toISOString() })) };
  });
}
