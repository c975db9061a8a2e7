import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { cast, castLearners } from '../../infra/local/demo/cast.js';
import type { Checks } from './checks.js';
import type { Addresses } from './started.js';

/**
 * The main job, end to end, as people do it: a teacher asks in the chat on a phone, the team's channel has the card, the
 * virtual school head teacher takes it in the tab and plans a review, the social worker accepts in the calendar.
 */
export async function journey(browser: Browser, at: Addresses, checks: Checks): Promise<void> {
  const seat = await openSeats(browser, at);
  const reference = await ask(seat.teacher, checks);
  await arrives(seat, reference, checks);
  await take(seat, at, reference, checks);
  const review = await schedule(seat, checks);
  await accept(seat, review, checks);
  await agreed(seat, at, review, checks);
}

interface Seats {
  readonly teacher: Page;
  readonly team: Page;
  readonly tab: Page;
  readonly calendar: Page;
}

const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };
const learnerName = `${castLearners.jamie.given} ${castLearners.jamie.family}`;
const initials = /^Choose J\.M\., S3/;
const story = 'Has come in late four days of the last six and will not say why.';

async function openSeats(browser: Browser, at: Addresses): Promise<Seats> {
  const open = async (url: string, viewport: { width: number; height: number }) => {
    const page = await browser.newPage({ viewport, locale: 'en-GB', timezoneId: 'Europe/London' });
    page.setDefaultTimeout(30_000);
    await page.goto(url);
    return page;
  };
  return {
    teacher: await open(at.chat, phone),
    team: await open(at.team, desk),
    tab: await open(`${at.tab}&sub=requests`, desk),
    calendar: await open(at.calendar, phone),
  };
}

/** Presses count, typing does not. */
function pressCounter() {
  const counted = {
    presses: 0,
    async press(place: Locator): Promise<void> {
      await place.click();
      counted.presses += 1;
    },
  };
  return counted;
}

/** The newest message of a chat that says this; the Playground keeps older ones above it. */
const cardWith = (page: Page, words: string | RegExp) =>
  page.locator('.ac-adaptiveCard').filter({ hasText: words }).last();

async function ask(chat: Page, checks: Checks): Promise<string> {
  const counted = pressCounter();
  await cardWith(chat, 'Your virtual school').waitFor();
  await chat.locator('[contenteditable=true]').first().fill('hi');
  await counted.press(chat.getByRole('button', { name: 'Send Message' }));
  await counted.press(cardWith(chat, 'Your virtual school').getByRole('button', { name: 'Ask for support' }));
  const form = cardWith(chat, 'Who is it about?');
  const find = form.getByRole('textbox', { name: /^Find a learner/ });
  await counted.press(find);
  await find.fill(castLearners.jamie.family.slice(0, 4));
  await counted.press(form.getByRole('button', { name: 'Search', exact: true }));
  await counted.press(chat.getByRole('button', { name: initials }).last());
  const words = cardWith(chat, 'What is happening?');
  const what = words.getByRole('textbox', { name: 'What is happening?' });
  await counted.press(what);
  await what.fill(story);
  await counted.press(words.getByRole('button', { name: 'Send', exact: true }));
  const card = cardWith(chat, /Request VS-/);
  await card.waitFor();
  const reference = /VS-[0-9A-Z]{6}/.exec((await card.textContent()) ?? '')?.[0] ?? '';
  checks.check(`the card in the teacher's chat has a reference: ${reference}`, reference !== '');
  checks.check(`from hi to the reference at 360 px in at most eight presses: ${counted.presses}`, counted.presses <= 8);
  const kept = await chat.locator('.ac-adaptiveCard').allTextContents();
  checks.check('the form has become the card: what was typed stands nowhere in the chat', !kept.join().includes(story));
  return reference;
}

async function arrives({ team, tab }: Seats, reference: string, checks: Checks): Promise<void> {
  const card = cardWith(team, reference);
  await checks.until('its card is in the channel of the virtual school team', () => card.isVisible());
  await checks.until('and says what, how soon and that nobody has it', async () => {
    const text = (await card.textContent()) ?? '';
    return ['Attendance', 'This week', 'Nobody yet'].every((words) => text.includes(words));
  });
  const words = (await card.textContent()) ?? '';
  checks.check(
    'and nothing of the learner',
    !words.includes(learnerName) && !words.includes('J.M.') && !words.includes(story),
  );
  const news = inTab(tab).getByRole('button', { name: 'Bring the list up to date' });
  await checks.until('the tab says that there is something new, without a reload', () => news.isVisible());
  await news.click();
  await checks.until('and under New is the request', () => rowOf(tab, reference).isVisible());
}

const rowOf = (tab: Page, reference: string) => inTab(tab).getByRole('row').filter({ hasText: reference }).first();
const inTab = (page: Page): FrameLocator => page.frameLocator('#tab');

async function take({ tab, teacher, team }: Seats, at: Addresses, reference: string, checks: Checks): Promise<void> {
  const before = await cardsOf(at, reference);
  await rowOf(tab, reference).click();
  await inTab(tab).getByRole('button', { name: 'Take', exact: true }).click();
  const name = cast.virtualSchoolHead.name;
  await checks.until("the teacher's card says who has it", async () =>
    ((await cardWith(teacher, reference).textContent()) ?? '').includes(name),
  );
  await checks.until("so does the channel's", async () =>
    ((await cardWith(team, reference).textContent()) ?? '').includes(name),
  );
  const after = await cardsOf(at, reference);
  const same = before.every((id) => after.includes(id)) && after.length === before.length;
  checks.check(`both changed in place: the same ${before.length} messages as before`, same && before.length === 2);
}

const ledger = z.object({
  activities: z.array(
    z.object({ id: z.string(), deletedAt: z.string().nullable(), versions: z.array(z.object({ card: z.unknown() })) }),
  ),
});

/** Ids of the messages whose newest card shows this reference, as the connector has them on record. */
async function cardsOf(at: Addresses, reference: string): Promise<string[]> {
  const answer = await fetch(`${at.page}_local/connector/ledger`);
  const { activities } = ledger.parse(await answer.json());
  const shows = (one: (typeof activities)[number]) => JSON.stringify(one.versions.at(-1)).includes(reference);
  return activities.filter((one) => !one.deletedAt && shows(one)).map(({ id }) => id);
}

async function schedule({ tab, teacher }: Seats, checks: Checks): Promise<string> {
  const page = inTab(tab);
  await page.getByRole('button', { name: 'Plan a review' }).click();
  await page.getByRole('heading', { name: 'Plan a review' }).waitFor();
  const invited = await page.getByText(cast.socialWorker.name).first().isVisible();
  checks.check("the learner's social worker is proposed", invited);
  await page.getByRole('button', { name: 'Find times' }).click();
  const first = page.getByRole('radio', { name: /\d\d:\d\d/ }).first();
  await checks.until('times are found, with a reason each', () => first.isVisible());
  await first.click();
  await page.getByRole('button', { name: /^Book and invite/ }).click();
  const heading = page.getByText(/VR-[0-9A-Z]{6}/).first();
  await heading.waitFor();
  const review = /VR-[0-9A-Z]{6}/.exec((await heading.textContent()) ?? '')?.[0] ?? '';
  checks.check(`the review has a reference: ${review}`, review !== '');
  await checks.until("the teacher's card names the review", async () =>
    (await teacher.locator('.ac-adaptiveCard').allTextContents()).join().includes(review),
  );
  return review;
}

async function accept({ calendar }: Seats, review: string, checks: Checks): Promise<void> {
  const invitation = calendar.locator('#invitations button').filter({ hasText: review });
  await checks.until("the invitation is in the social worker's calendar", () => invitation.isVisible());
  await invitation.click();
  const text = (await calendar.locator('#event').textContent()) ?? '';
  checks.check(
    'it gives nothing away: neither name, initials nor story',
    ![learnerName, 'J.M.', story].some((one) => text.includes(one)),
  );
  await calendar.getByRole('button', { name: 'Accept' }).click();
  await checks.until('it is accepted', async () =>
    /Answer\s*Accepted/.test((await calendar.locator('#event').textContent()) ?? ''),
  );
}

/** Education accepts in its own calendar; then everybody sees that both services will be there. */
async function agreed(seats: Seats, at: Addresses, review: string, checks: Checks): Promise<void> {
  const { tab, teacher, calendar } = seats;
  await checks.until('the tab shows that social work has accepted', async () =>
    /Social work: (1 of \d )?accepted/.test((await inTab(tab).locator('body').textContent()) ?? ''),
  );
  await calendar.goto(`${at.page}calendar?person=teacher`);
  await calendar.locator('#invitations button').filter({ hasText: review }).click();
  await calendar.getByRole('button', { name: 'Accept' }).click();
  await checks.until('with both services it is joint: in the tab', () =>
    inTab(tab).getByText('Will be joint').first().isVisible(),
  );
  await checks.until("and on the teacher's card", async () =>
    (await teacher.locator('.ac-adaptiveCard').allTextContents())
      .join()
      .includes('Education and social work will both be there.'),
  );
  await tab.goto(at.page);
  await checks.until(
    'the start page has ticked off all five steps',
    async () => (await tab.locator('#steps > li[data-state=done]').count()) === 5,
  );
}
