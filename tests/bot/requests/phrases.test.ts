import { describe, expect, test } from '@jest/globals';
import { intentOf } from '../../../bot/requests/intents.js';
import { alike } from '../../../bot/requests/phrase-match.js';
import { needFrom, needPhrases, urgencyFrom } from '../../../bot/requests/phrases.js';
import type { Need, Urgency } from '../../../bot/requests/request.js';

const asked: readonly (readonly [string, Need, Urgency | null])[] = [
  ["Jamie's no been in since Monday, need a hand", 'attendance', null],
  ['attendence has droped, can somebody help today', 'attendance', 'today'],
  ['He has come in late four days of the last six', 'attendance', null],
  ['she wullnae leave the hoose, hasnae been in aw week', 'attendance', null],
  ['been dogging it since the September weekend', 'attendance', null],
  ['part time timetable has run past its end, review this week please', 'part-time-timetable', 'this-week'],
  ['wee man is only in for the mornings, when does it go up', 'part-time-timetable', null],
  ['New school after the flitting, nae rush', 'change-of-school', 'no-hurry'],
  ['placing request was refused and he starts with us tomorrow', 'change-of-school', 'this-week'],
  ['P7 to S1 is worrying her, transition visits before the holidays?', 'transition', 'this-month'],
  ['he is falling behind in maths and needs a tutor', 'attainment', null],
  ['prelims next week and nae coursework in', 'attainment', 'this-month'],
  ['she is scunnered and greeting every morning', 'wellbeing', null],
  ['wellbieng is poor, very anxious', 'wellbeing', null],
  ['does he need a CSP? the ed psych says so', 'asn-csp', null],
  ['ASN assessment and support assistant hours', 'asn-csp', null],
  ['could he go to outdoor learning off site', 'alternative-provision', null],
  ['she leaves school at Christmas, what about college or an apprenticeship', 'post-school', null],
  ['nae internet and the chromebook is bust', 'digital', null],
  ['can you do training for our staff at the in service day', 'advice-training', null],
];

describe('the need and the urgency that a sentence says', () => {
  test.each(asked)('%s', (text, need, urgency) => {
    expect([needFrom(text), urgencyFrom(text)]).toEqual([need, urgency]);
  });
  test('each phrase of each need is met by itself, in capitals, and among other words', () => {
    for (const phrases of Object.values(needPhrases))
      for (const phrase of phrases) {
        const said = phrase.replace('~', 'the wee');
        expect([phrase, needFrom(said) !== null, needFrom(`Hello, ${said.toUpperCase()}!`) !== null]).toEqual([
          phrase,
          true,
          true,
        ]);
      }
  });
  test.each(['thanks', 'ok', 'see you at the party', ''])('nothing is read into: %s', (text) => {
    expect([needFrom(text), urgencyFrom(text)]).toEqual([null, null]);
  });
});

describe('what somebody seems to want', () => {
  test.each([
    ["they're going to exclude him the day", 'exclusion'],
    ['head wants to send her home for a cooling off', 'exclusion'],
    ['who do I speak to about the wee boy in P3', 'speak'],
    ["who is Ella's social worker", 'speak'],
    ['she has moved in with her gran', 'change'],
    ['he has a new social worker', 'change'],
    ['need a hand with one of ours', 'ask'],
    ['attendance', 'ask'],
    ['lovely weather', 'unknown'],
    ['help!!', 'unknown'],
  ])('%s: %s', (text, kind) => expect(intentOf(text).kind).toBe(kind));
});

describe('a longer word with one letter wrong', () => {
  test.each([
    ['attendence', 'attendance', true],
    ['attendnace', 'attendance', true],
    ['atendance', 'attendance', true],
    ['attendancee', 'attendance', true],
    ['atendence', 'attendance', false],
    ['date', 'late', false],
    ['tranning', 'training', true],
  ])('%s, %s: %s', (typed, word, same) => expect(alike(typed, word)).toBe(same));
});
