import { Temporal } from 'temporal-polyfill';
import * as asked from '../../bot/chat/cards/asked-cards.js';
import * as ask from '../../bot/chat/cards/ask-cards.js';
import type { CardJson } from '../../bot/chat/cards/card.js';
import * as change from '../../bot/chat/cards/change-cards.js';
import * as exclusion from '../../bot/chat/cards/exclusion-cards.js';
import * as extension from '../../bot/chat/cards/extension-cards.js';
import * as followed from '../../bot/chat/cards/followed-card.js';
import * as hold from '../../bot/chat/cards/hold-card.js';
import * as manager from '../../bot/chat/cards/manager-cards.js';
import * as speak from '../../bot/chat/cards/speak-cards.js';
import type { Protection } from '../../bot/chat/cards/welcome-card.js';
import { askFields, askSteps, type Typed } from '../../bot/requests/asking.js';
import { changeKinds } from '../../bot/learners/change-told.js';

export const askingMakers = {
  ...ask,
  ...asked,
  ...change,
  ...exclusion,
  ...extension,
  ...followed,
  ...hold,
  ...manager,
  ...speak,
};
type Maker = keyof typeof askingMakers;
type Add = (maker: Maker, name: string, draw: () => CardJson) => void;

const id = '0198c5d0-0000-7000-8000-000000000001';
const at = Temporal.Instant.from('2026-11-23T10:00:00Z');
const nonce = 'NONCE0NONCE0NONC';
const tabUrl = 'https://teams.microsoft.com/l/entity/app/golden-thread?context=%7B%7D';

/** Every card of asking in every state, with `words` wherever it shows something that a person wrote. */
export function addAskingCards(add: Add, words: string): void {
  const protection = { police: words, socialWork: words, outOfHours: words };
  const findings = findingsWith(words);
  addForm(add, words, protection);
  addHeld(add, words, protection);
  addManager(add, words, protection);
  addExclusion(add, words, protection);
  for (const [name, finding] of findings) {
    add('changeWhoCard', name, () => change.changeWhoCard({ nonce, protection, finding }));
    for (const ownManager of [{ name: words, telephone: words }, { name: words, telephone: null }, null])
      add('speakWhoCard', name, () => speak.speakWhoCard({ nonce, finding, ownManager }));
  }
  const said = { kind: changeKinds[0], what: words, since: '2026-11-20', initials: words, class: words };
  for (const label of [words, null])
    for (const [name, typed, missing] of [
      ['empty', {}, false],
      ['missing', said, true],
    ] as const)
      add('changeWhatCard', name, () =>
        change.changeWhatCard({ nonce, protection, learnerId: label && id, label, typed, missing }),
      );
  add('changeToldCard', 'told', () => change.changeToldCard());
  for (const who of [{ name: words, telephone: words }, { name: words, telephone: null }, null])
    add('speakCard', 'people', () =>
      speak.speakCard({
        ...{ nonce, label: words, socialWorker: who, designatedManager: who, ourWorker: who },
        virtualSchool: who,
      }),
    );
  for (const what of [words, ''])
    add('extensionCard', 'words', () => extension.extensionCard({ nonce, protection, what }));
  for (const url of [tabUrl, null]) add('referenceCard', 'mine', () => extension.referenceCard('VS-ABC123', url));
  for (const link of ['https://www.gov.scot/', null])
    add('guidanceCard', 'snippet', () =>
      extension.guidanceCard({ title: words, text: words, link, owner: words, reviewBy: '2027-06-01' }),
    );
  for (const erased of [true, false])
    add('followedCard', 'draft', () => followed.followedCard({ kind: 'draft', erased }));
  add('followedCard', 'request', () => followed.followedCard({ kind: 'request', reference: 'VS-ABC123' }));
}

function findingsWith(words: string): [string, Parameters<typeof change.changeWhoCard>[0]['finding']][] {
  const items = Array.from({ length: 10 }, () => ({ id, label: words }));
  return [
    ['before', { typed: '', found: null }],
    ['short', { typed: words, found: { kind: 'short', items: [], more: false } }],
    ['nobody', { typed: words, found: { kind: 'looked', items: [], more: false } }],
    ['ten', { typed: words, found: { kind: 'looked', items, more: true } }],
  ];
}

function addForm(add: Add, words: string, protection: Protection): void {
  const chosen: Typed = {
    who: id,
    need: 'attendance',
    urgency: 'today',
    indicators: 'safe,included',
    viewKind: 'words',
  };
  const typed = { ...Object.fromEntries(askFields.map((field) => [field, words])), ...chosen };
  const view = { draftId: id, nonce, protection, label: words, missing: null, understood: false };
  const before = { typed: '', found: null };
  for (const [name, finding] of findingsWith(words))
    add('askCard', `who, ${name}`, () => ask.askCard({ ...view, step: 'who', typed: {}, label: null, finding }));
  for (const step of askSteps)
    for (const who of [id, 'other', 'authority', undefined]) {
      const about = { label: who === id ? words : null, finding: before };
      const filled = who ? { ...typed, who } : {};
      add('askCard', `${step}, ${who}`, () => ask.askCard({ ...view, ...about, step, typed: filled }));
    }
  for (const missing of askFields)
    add('askCard', `${missing} missing`, () =>
      ask.askCard({ ...view, step: 'what', typed: {}, missing, understood: true, finding: before }),
    );
  add('formKeptCard', 'kept', () => asked.formKeptCard(at, nonce));
  for (const why of ['gone', 'discarded'] as const) add('formGoneCard', why, () => asked.formGoneCard(why));
  for (const own of [true, false])
    for (const assignee of [words, null])
      add('alikeCard', own ? 'own' : 'another’s', () =>
        asked.alikeCard(
          {
            ...{ draftId: id, requestId: id, reference: 'VS-ABC123', version: 1, state: 'assigned', assignee, own },
            need: 'attendance',
          },
          nonce,
        ),
      );
}

function addHeld(add: Add, words: string, protection: Protection): void {
  const pressed = { verb: 'request.submit', id, version: 0, nonce, extra: { another: true } };
  const held = { protection, nonce, noId: id, entrance: 'chat-form' };
  add('heldCard', 'form', () => hold.heldCard({ ...held, pressed, typed: { what: words, hoped: words } }));
  add('heldCard', 'message', () => hold.heldCard({ ...held, pressed: null, typed: {} }));
}

function addManager(add: Add, words: string, protection: Protection): void {
  for (const decision of [null, 'sent-on', 'not-this-time'] as const)
    for (const why of [words, null]) {
      const waiting = { waitingId: id, nonce, asker: words, decision };
      add('withManagerCard', `${decision}`, () => asked.withManagerCard({ manager: words, decision, why }));
      add('managerCard', `${decision}`, () => manager.managerCard(waiting));
      for (const numbers of [protection, null])
        add('managerStoryCard', `${decision}`, () =>
          manager.managerStoryCard({
            ...waiting,
            ...{ label: words, need: 'wellbeing', urgency: 'today', what: words, protection: numbers },
          }),
        );
    }
  const request = { requestId: id, reference: 'VS-ABC123', need: 'attendance', state: 'submitted' } as const;
  for (const label of [words, null]) add('copyCard', 'copy', () => manager.copyCard(request, { nonce, label }));
}

function addExclusion(add: Add, words: string, protection: Protection): void {
  const bare = { nonce, protection: null, telephone: null, closed: null, minutes: null, alert: null };
  const full = { ...bare, protection, telephone: words, minutes: 20 };
  for (const closed of [null, { opens: at }, { opens: null }])
    for (const alert of [null, { raisedAt: at, takenBy: null }, { raisedAt: at, takenBy: words }]) {
      add('exclusionCard', 'set', () => exclusion.exclusionCard({ ...full, closed, alert }));
      add('exclusionCard', 'nothing set', () => exclusion.exclusionCard({ ...bare, closed, alert }));
    }
  for (const state of ['open', 'taken', 'stood-down'] as const)
    for (const who of [words, null])
      for (const call of [null, { name: words, telephone: words }, { name: words, telephone: null }])
        add('exclusionAlertCard', state, () =>
          exclusion.exclusionAlertCard({
            ...{ alertId: id, version: 2, nonce, state, where: who, raisedAt: at, takenBy: who, call },
          }),
        );
  add('exclusionStubCard', 'stub', () => exclusion.exclusionStubCard());
}
