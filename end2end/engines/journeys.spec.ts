// The main journeys in an engine that is not Chromium. What each view does in detail is tested there (`tests/`); here it is seen
// that another engine's pointer, keys, focus, layout, network and history lead through all of them.
import { BAD, before, container, failed, GOOD, type Job, job, jobs, running, shortId, statusKey } from "../data";
import { Emulator } from "../emulator";
import { families, type Family, family, listPath, ofCloud, titleOf } from "../families";
import { expect, isMissing, test } from "./fixtures";
import type { Part } from "./screen";
import { LIST, all, banner, beyond, cloud, fill, isAt, lists, open, openJob, own, refresh, row, started, tabTo } from "./steps";

test.skip(isMissing, "the engine is not to be had here");

test.describe("whoever signs in", () => {
  test("with a wrong password is told so, and with the right one sees the jobs until the session is left", async ({ screen, emulator }) => {
    await fill(emulator);
    await open(screen, emulator);
    await screen.part("textbox", "Username").fill(emulator.user);
    await screen.labelled("Password").fill("wrong");
    await screen.part("button", "Sign in").press();
    await screen.part("alert").says("Wrong username or password.");
    await screen.part("textbox", "Username").hasValue(emulator.user);
    await screen.labelled("Password").fill(emulator.password);
    await screen.engine.press("Enter");
    await lists(screen, all.slice(0, 25));
    await banner(screen).says(emulator.user);
    await banner(screen).part("button", "Sign out").press();
    await screen.part("button", "Sign in").isShown();
    await screen.part("table").isGone();
  });

  test("signs in again over the page when the session ends, and goes on where it ended", async ({ screen, emulator }) => {
    await fill(emulator);
    await open(screen, emulator, `${LIST}?page=2&rows=10`);
    await screen.part("textbox", "Username").fill(emulator.user);
    await screen.labelled("Password").fill(emulator.password);
    await screen.part("button", "Sign in").press();
    await lists(screen, all.slice(10, 20));
    await emulator.revoke();
    await refresh(screen);
    const dialog = screen.part("dialog", "Sign in again");
    await dialog.part("textbox", "Username").hasValue(emulator.user);
    await dialog.labelled("Password").fill("wrong");
    await screen.engine.press("Enter");
    await dialog.part("alert").says("Wrong username or password.");
    // Nothing leads past the question.
    await screen.engine.press("Escape");
    await dialog.labelled("Password").fill(emulator.password);
    await dialog.part("button", "Sign in").press();
    await dialog.isGone();
    await lists(screen, all.slice(10, 20));
    await isAt(screen, `${LIST}?page=2&rows=10`);
  });

  test("leaves the page and comes back by the browser's button to no session", async ({ screen, emulator }) => {
    await fill(emulator);
    await open(screen, emulator);
    await screen.part("button", "Use a token").press();
    await screen.labelled("Token").fill(emulator.token);
    await screen.part("button", "Sign in").press();
    await lists(screen, all.slice(0, 25));
    await screen.engine.open(`${emulator.panel}config.json`);
    await screen.engine.back();
    await screen.part("button", "Sign in").isShown();
    await screen.part("table").isGone();
  });
});

test.describe("in a list", () => {
  test.use({ server: { open: true } });

  test("the filters by status, id and container narrow it, and clear again", async ({ screen, emulator }) => {
    await fill(emulator);
    await open(screen, emulator);
    await lists(screen, all.slice(0, 25));
    const form = screen.part("form", "Filters");
    await form.part("combobox", "Status").choose("Failed");
    await lists(screen, all.filter((one) => one.overall_status === "failed"));
    await form.part("button", "Clear filters").press();
    await lists(screen, all.slice(0, 25));

    await form.part("textbox", "Job ID").fill(all[30]!.id);
    await screen.engine.press("Enter");
    await lists(screen, [all[30]!]);
    await form.part("button", "Clear filters").press();
    await lists(screen, all.slice(0, 25));

    const picker = form.part("button", new RegExp(`^${family.title}`));
    await picker.press();
    await form.part("searchbox", "Search").fill(own[1]!.name);
    await form.part("checkbox").hasCount(1);
    await form.part("checkbox", own[1]!.name).press();
    await lists(screen, all.filter((_, at) => at % 3 === 1));
    await screen.engine.press("Escape");
    await form.part("searchbox", "Search").isGone();
    await picker.isFocused();
    await picker.says("1");
  });

  test("the keyboard alone opens the container filter, chooses and leaves it", async ({ screen, emulator }) => {
    await fill(emulator);
    await open(screen, emulator);
    await lists(screen, all.slice(0, 25));
    const form = screen.part("form", "Filters");
    const picker = form.part("button", new RegExp(`^${family.title}`));
    await form.part("combobox", "Status").read(([one]) => one!.focus());
    await tabTo(screen, picker);
    await screen.engine.press("Enter");
    await form.part("searchbox", "Search").isShown();
    await tabTo(screen, form.part("checkbox", own[0]!.name));
    await screen.engine.press("Space");
    await lists(screen, all.filter((_, at) => at % 3 === 0));
    await screen.engine.press("Escape");
    await form.part("button", new RegExp(`^${family.title}`)).isFocused();
  });

  test("pages turn and keep the focus, and the browser's back button turns them back", async ({ screen, emulator }) => {
    await fill(emulator);
    await open(screen, emulator);
    const pages = screen.part("navigation", "Pages");
    await pages.part("combobox", "Rows per page").choose("10");
    await lists(screen, all.slice(0, 10));
    await pages.part("button", "Next page").press();
    await lists(screen, all.slice(10, 20));
    await pages.part("button", "Next page").isFocused();
    await screen.engine.press("Enter");
    await lists(screen, all.slice(20, 30));
    await pages.says("21–30 of 40");
    await screen.engine.back();
    await lists(screen, all.slice(10, 20));
    await pages.part("button", "Previous page").press();
    await lists(screen, all.slice(0, 10));
  });

  test("a row opens its job with the results by container, the next one beside it, and back closes it", async ({ screen, emulator }) => {
    const details = Object.fromEntries(own.map((one, at) => [statusKey(family, one), at === 1 ? BAD : GOOD]));
    const mixed = job(family, 1, own, { detailed_status: details });
    const some = [mixed, ...all.slice(1, 5)];
    await fill(emulator, some);
    await open(screen, emulator);
    await lists(screen, some);
    const region = await openJob(screen, mixed.id);
    await region.says("1 of 3 failed");
    const results = region.part("table", "Results by container");
    await expect.poll(async () => (await results.part("row").texts())[1], "the first result").toContain(BAD);
    await region.part("link", "Next job").press();
    await isAt(screen, `${LIST}/${some[1]!.id}`);
    await region.says(some[1]!.id);
    await screen.engine.back();
    await region.says("1 of 3 failed");
    await screen.engine.back();
    await region.isGone();
    await lists(screen, some);
  });

  test("the bell of a job that runs is whole, and watches it", async ({ screen, emulator }) => {
    const runs = job(family, 1, own, running);
    await fill(emulator, [runs, ...all.slice(1, 5)]);
    await open(screen, emulator);
    const bell = row(screen, runs.id).part("button", "Watch");
    await bell.isShown();
    // Nothing of it is cut off by its cell, whose own room the id may fill.
    const cut = () =>
      bell.read(([bell]) => {
        const [inner, outer] = [bell!, bell!.closest("td")!].map((one) => one.getBoundingClientRect());
        return inner!.width === 0 || inner!.right > outer!.right || inner!.left < outer!.left;
      });
    await expect.poll(cut, "the bell is cut off").toBe(false);
    await bell.press();
    await screen.part("region", "Watched jobs").says("1 job watched");
    // The press was the bell's and not the row's.
    await isAt(screen, LIST);
  });

  test("a server out of reach is told, and once it is back the press on Try again brings the list", async ({ screen, emulator, guard }) => {
    guard.expect("network");
    await fill(emulator);
    await open(screen, emulator);
    await lists(screen, all.slice(0, 25));
    // The second part of the program is there: cut off, it would be reported as another file.
    await screen.part("button", "Help").isShown();
    await emulator.stop();
    await refresh(screen);
    const alert = screen.part("alert");
    await alert.says("Try again");
    // What was read stays.
    await lists(screen, all.slice(0, 25));
    const again = await Emulator.start({ data: "empty", open: true, listen: new URL(emulator.address).host });
    await fill(again, all.slice(1));
    await alert.part("button", "Try again").press();
    await lists(screen, all.slice(1, 26));
    await alert.isGone();
    await again.stop();
  });
});

test.describe("a synchronization", () => {
  test.use({ server: { open: true } });

  const dialog = (screen: Part) => screen.part("dialog", "Start synchronization");

  async function openForm(screen: Part): Promise<Part> {
    await screen.part("main").part("button", "Start synchronization").press();
    await dialog(screen).part("button", "Start").isShown();
    return dialog(screen);
  }

  test("is started as it was shown, and its job is in the list at once", async ({ screen, emulator }) => {
    await fill(emulator);
    await open(screen, emulator);
    await lists(screen, all.slice(0, 25));
    const form = await openForm(screen);
    await form.says("Choose what to synchronize.");
    await form.part("radio", new RegExp(`^Chosen ${family.many}`)).press();
    await form.part("checkbox", own[2]!.name).press();
    await form.says(`POST ${listPath(family)}`);
    await form.says(`"${own[2]!.id}"`);
    await form.part("button", "Start").press();
    await dialog(screen).isGone();
    const fresh = await started(emulator, all);
    await lists(screen, [fresh, ...all.slice(0, 24)]);
    await row(screen, fresh.id).says("In progress");
    await screen.part("status").says("Started the synchronization");
    expect((await emulator.posts()).map(({ body }) => body)).toEqual([{ [family.selector]: [own[2]!.id] }]);
  });

  test("that is refused keeps the form, says why and what runs, and Escape leads back to its button", async ({ screen, emulator, guard }) => {
    guard.expect(409);
    const runs = job(family, 1, own, running);
    await fill(emulator, [runs]);
    await open(screen, emulator);
    await lists(screen, [runs]);
    const form = await openForm(screen);
    await form.part("radio", /^Everything/).press();
    await form.part("note", "Already running").says(shortId(runs.id));
    await form.part("button", "Start anyway").press();
    await form.part("alert").says("NCERRConflict");
    // Both notices are there, with room between them.
    const gap = async () => {
      const bottom = await form.part("alert").read(([one]) => one!.getBoundingClientRect().bottom);
      const top = await form.part("note", "Already running").read(([one]) => one!.getBoundingClientRect().top);
      return top - bottom;
    };
    await expect.poll(gap, "the room between both notices").toBeGreaterThanOrEqual(8);
    await screen.engine.press("Escape");
    await dialog(screen).isGone();
    await screen.part("main").part("button", "Start synchronization").isFocused();
    expect(await emulator.jobs(family)).toHaveLength(1);
  });

  test("is cancelled after a question, and ends as Cancelled", async ({ screen, emulator }) => {
    // Not of a test's own making: such a job stays as it is.
    await fill(emulator, []);
    await open(screen, emulator);
    const form = await openForm(screen);
    await form.part("radio", /^Everything/).press();
    await form.part("button", "Start").press();
    await dialog(screen).isGone();
    const { id } = await started(emulator);
    const region = await openJob(screen, id);
    await region.part("button", "Cancel job").press();
    const question = screen.part("dialog", "Cancel this job?");
    await question.part("button", "Keep running").press();
    await question.isGone();
    await region.part("button", "Cancel job").press();
    await question.part("button", "Cancel job").press();
    await region.says("Cancelling");
    await emulator.advance(11);
    await refresh(screen);
    await region.says("Cancelled");
    await row(screen, id).says("Cancelled");
  });

  test("of several clouds is started at once, and each says what became of it", async ({ screen, emulator, guard }) => {
    guard.expect(409);
    const [first, second] = [ofCloud("Azure")[0]!, ofCloud("Google Cloud")[0]!] as [Family, Family];
    await emulator.replaceJobs(second, [job(second, 1, [container(second, 1)], running)]);
    await open(screen, emulator, "#/all");
    await screen.part("main").part("button", "Start on several clouds").press();
    const form = screen.part("dialog", "Start on several clouds");
    for (const one of [first, second]) {
      const group = form.part("group", `${one.cloud} ${one.scope}`);
      await group.part("checkbox", `${one.cloud} ${one.scope}`).press();
      await group.part("radio", /^Everything/).press();
    }
    await form.part("group", `${second.cloud} ${second.scope}`).part("note", "Already running").isShown();
    await form.part("button", "Start").press();
    await expect.poll(async () => (await emulator.jobs(first)).length, "a job was started").toBe(1);
    await form.part("group", `${first.cloud} ${first.scope}`).says(shortId((await emulator.jobs(first))[0]!.id));
    expect(await emulator.jobs(second)).toHaveLength(1);
  });
});

test.describe("what is watched over", () => {
  test.use({ server: { open: true } });

  const broken = job(family, 2, [own[0]!], { ...failed, detailed_status: { [statusKey(family, own[0]!)]: BAD } });
  const some = [job(family, 1, [own[1]!]), broken, ...[3, 4, 5].map((number) => job(family, number, [own[1]!]))];

  test("all clouds are one list, and each link leads to its own", async ({ screen, emulator }) => {
    await fill(emulator, some);
    const others = families.filter(({ cloud }) => cloud !== family.cloud).slice(0, 2);
    for (const [at, one] of others.entries()) await emulator.replaceJobs(one, [job(one, 10 + at, [container(one, 1)])]);
    await open(screen, emulator, "");
    await expect.poll(() => screen.part("table", "Synchronization jobs").part("link").count(), "jobs of all clouds").toBe(7);
    await screen.part("table", "Synchronization jobs").says(titleOf(others[0]!).split(" ")[0]!);
    await cloud(screen, new RegExp(`^${family.cloud}`)).press();
    await lists(screen, some);
    await isAt(screen, LIST);
  });

  test("a failed job needs attention, and its link opens it", async ({ screen, emulator }) => {
    await fill(emulator, some);
    await open(screen, emulator, "#/all");
    await cloud(screen, new RegExp(`^${family.cloud}`)).says("1");
    await cloud(screen, /^Needs attention/).press();
    await isAt(screen, "#/attention");
    await lists(screen, [broken]);
    const region = await openJob(screen, broken.id);
    await region.part("button", "Retry failed").isShown();
  });

  test("Freshness tells the age of each container, by what counts as out of date", async ({ screen, emulator }) => {
    await fill(emulator, some);
    await open(screen, emulator);
    await lists(screen, some);
    await screen.part("navigation", "Views").part("link", "Freshness").press();
    const region = screen.part("region", "Freshness");
    const table = region.part("table", "Freshness by container");
    await table.part("rowheader").isShown();
    await table.says(own[1]!.name);
    await region.part("combobox", "Out of date after").choose("30 days");
    await isAt(screen, `#/freshness/${family.slug}?days=30`);
  });

  test("History draws ten days as wide as their place, with a table of the same", async ({ screen, emulator }) => {
    const ago = (days: number) => ({ createdAt: before(days * 86_400), updatedAt: before(days * 86_400 - 60), completed_at: before(days * 86_400 - 60) });
    const days = Array.from({ length: 10 }, (_, at) => job(family, at + 1, [own[0]!], ago(at)));
    await fill(emulator, days);
    await open(screen, emulator);
    await lists(screen, days);
    await screen.part("navigation", "Views").part("link", "History").press();
    await screen.part("img", /^10 jobs in 10 days/).isShown();
    await screen.part("list", "Outcomes").says("Completed");
    for (const name of ["Jobs per day", "How long they took"]) {
      const share = () =>
        screen.part("group", name).read(([place]) => {
          const drawn = [...place!.querySelectorAll("svg")].map((one) => one.getBoundingClientRect());
          const [left, right] = [Math.min(...drawn.map(({ left }) => left)), Math.max(...drawn.map(({ right }) => right))];
          return (right - left) / place!.getBoundingClientRect().width;
        });
      await expect.poll(share, `how much of its place "${name}" fills`).toBeGreaterThan(0.9);
    }
    await screen.text("Show as table").press();
    await screen.part("table", "Jobs per day").isShown();
  });
});

test.describe("a narrow window", () => {
  test.use({ server: { open: false } });

  test("shows every view without going beyond its edge", async ({ screen, emulator }) => {
    await fill(emulator);
    await screen.engine.resize(360, 740);
    await open(screen, emulator);
    await screen.part("textbox", "Username").fill(emulator.user);
    await screen.labelled("Password").fill(emulator.password);
    await screen.part("button", "Sign in").press();
    await lists(screen, all.slice(0, 25));
    await banner(screen).part("button", "Sign out").isShown();
    // Who is signed in and the way out stand in the line of the panel's name.
    const line = (part: Part) => part.read(([one]) => Math.round((one!.getBoundingClientRect().top + one!.getBoundingClientRect().bottom) / 20));
    await expect.poll(() => line(banner(screen).part("button", "Sign out")), "the header is one line").toBe(await line(banner(screen).part("link", /Key sync/)));
    const width = (flex: string) =>
      screen.part("combobox", "Refresh").read(([one], flex) => {
        one!.style.flex = flex;
        return one!.getBoundingClientRect().width;
      }, flex);
    const whole = await width("none");
    expect(await width(""), "the refresh interval is not cut").toBeGreaterThanOrEqual(whole);
    for (const hash of [LIST, `${LIST}/${all[2]!.id}`, "#/all", "#/attention", `#/freshness/${family.slug}`, `#/history/${family.slug}`]) {
      await screen.engine.evaluate(`void (location.hash = ${JSON.stringify(hash)})`);
      await screen.part("main").part("heading").isShown();
      await expect.poll(() => beyond(screen.engine), `what of ${hash} is beyond the edge`).toBe(0);
    }
  });
});
