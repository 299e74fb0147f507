// Each family's list: columns, outcomes, names, and the examples of the vendor's documentation.
import { BAD, before, containerLabel, container, GOOD, ids, job, jobs, statusKey } from "../data";
import { differing, families, family, listPath } from "../families";
import { expect, test } from "../fixtures";

/** Every outcome and the job's fields that lead to it, for a job over two containers. */
const OUTCOMES: [description: string, word: string, more: object, texts: [string, string]][] = [
  ["a job that runs", "In progress", { overall_status: "in_progress", completed_at: null }, [GOOD, "in_progress"]],
  ["a space for an underscore", "In progress", { overall_status: "in progress", completed_at: null }, [GOOD, "in progress"]],
  ["capitals, a hyphen and spaces around", "In progress", { overall_status: " In-Progress ", completed_at: null }, [GOOD, "In-Progress"]],
  ["asked to cancel, and not ended", "Cancelling", { overall_status: "in_progress", completed_at: null, abort: true }, [GOOD, "in_progress"]],
  ["asked to cancel, and ended as completed", "Cancelled", { abort: true }, [GOOD, "in_progress"]],
  ["asked to cancel, and ended by its end time alone", "Cancelled", { overall_status: "in_progress", abort: true }, [GOOD, GOOD]],
  ["failed", "Failed", { overall_status: "failed" }, [BAD, GOOD]],
  ["an error", "Failed", { overall_status: "error" }, [GOOD, GOOD]],
  ["completed, and every container failed", "Failed", {}, [BAD, "vault not found"]],
  ["completed, and one container failed", "Completed with errors", {}, [BAD, GOOD]],
  ["completed, and one says no in other words", "Completed with errors", {}, [GOOD, "Error: 2 keys not synchronized successfully"]],
  ["completed", "Completed", {}, [GOOD, GOOD]],
  ["completed, and a text that nobody knows", "Unknown", {}, [GOOD, "skipped"]],
  ["a status that nobody knows", "Unknown", { overall_status: "waiting for quota", completed_at: null }, [GOOD, GOOD]],
  ["no status at all", "Unknown", { overall_status: null, completed_at: null }, [GOOD, GOOD]]
];

test.describe("each family", () => {
  test.use({ server: { data: "empty" } });

  test("lists its jobs in five columns", async ({ panel, emulator }) => {
    for (const family of differing) {
      await test.step(family.slug, async () => {
        const own = [1, 2].map((number) => container(family, number));
        const all = jobs(family, 3, own);
        await emulator.replaceContainers(family, own);
        await emulator.replaceJobs(family, all);
        await panel.goToList(family);

        await expect(panel.list.headers).toHaveText(["Outcome", "Containers", "Started", "Duration", "Job"]);
        await panel.list.shows(ids(all));
        await expect(panel.pages.range(1, 3, 3)).toBeVisible();
        const first = all[0]!.id;
        await expect(await panel.list.cell(first, "Outcome")).toHaveText("Completed");
        await expect(await panel.list.cell(first, "Containers")).toContainText(own[0]!.name);
        await expect(await panel.list.cell(first, "Started")).toHaveText("1 min ago");
        await expect(await panel.list.cell(first, "Duration")).toHaveText("30 s");
        await expect(await panel.list.cell(all[2]!.id, "Outcome")).toHaveText("Failed");
      });
    }
  });

  test("shows each outcome", async ({ panel, emulator }) => {
    for (const family of differing) {
      await test.step(family.slug, async () => {
        const own = [1, 2].map((number) => container(family, number));
        const all = OUTCOMES.map(([, , more, texts], index) => {
          const details = Object.fromEntries(own.map((one, at) => [statusKey(family, one), texts[at]!]));
          return job(family, index + 1, own, { detailed_status: details, ...more });
        });
        await emulator.replaceJobs(family, all);
        await panel.goToList(family);
        for (const [index, [description, word, more]] of OUTCOMES.entries()) {
          const cell = await panel.list.cell(all[index]!.id, "Outcome");
          await expect(cell.getByText(word, { exact: true }), description).toBeVisible();
          const raw = (more as { overall_status?: string }).overall_status;
          if (word === "Unknown" && raw) await expect(cell).toContainText(raw);
        }
        // Colour is never the only cue: every outcome has an icon and a word.
        await expect(panel.list.rows.locator("td:first-child svg")).toHaveCount(OUTCOMES.length);
      });
    }
  });

  test("shows names for ids, and an id where there is no name", async ({ panel, emulator }) => {
    for (const family of differing) {
      await test.step(family.slug, async () => {
        const known = container(family, 1);
        const stranger = { ...container(family, 2), name: "nobody-knows-this" };
        await emulator.replaceContainers(family, [known]);
        const all = [job(family, 1, [known]), job(family, 2, [stranger])];
        await emulator.replaceJobs(family, all);
        await panel.goToList(family);
        await expect(await panel.list.cell(all[0]!.id, "Containers")).toContainText(known.name);
        await expect(await panel.list.cell(all[1]!.id, "Containers")).toContainText(containerLabel(family, stranger));
      });
    }
  });

  test("an empty list says that there are no jobs at all", async ({ panel }) => {
    for (const family of differing) {
      await test.step(family.slug, async () => {
        await panel.goToList(family);
        await expect(panel.list.rows).toHaveCount(0);
        await expect(panel.page.getByRole("main")).toContainText("There are no jobs of");
        await expect(panel.start.open).toBeVisible();
      });
    }
  });
});

test.describe("the documented examples", () => {
  test.use({ server: { data: "documented" } });

  const EXAMPLES: [slug: string, ...jobs: [id: string, outcome: string, containers: string][]][] = [
    ["aws", ["afef70ff-311e-46c1-8ead-e1999e8c6d46", "Completed", "kms"]],
    ["google", ["1f1d1b1b-a17c-486f-b864-db894af6efac", "In progress", "demo-key-ring"]],
    ["sap", ["bf27cde1-e2ed-4244-9d5a-8a4e12ad1837", "In progress", "3e732d57-5ea1-491f-b238-9f4a39a9566f"]],
    ["salesforce", ["c8d2f27b-fb4f-4557-b63c-00d4a1439c4a", "Failed", ""], ["8d5ccc9f-0d18-482d-bb13-593665a4813c", "Failed", ""]]
  ];

  test("have the outcomes and containers of their words", async ({ panel, emulator }) => {
    for (const [slug, ...jobs] of EXAMPLES) {
      await test.step(slug, async () => {
        const family = families.find((family) => family.slug === slug)!;
        await panel.goToList(family);
        await panel.list.showsAnyOrder(ids(await emulator.jobs(family)));
        for (const [id, outcome, containers] of jobs) {
          const cell = await panel.list.cell(id, "Outcome");
          await expect(cell.getByText(outcome, { exact: true }), id).toBeVisible();
          await expect(await panel.list.cell(id, "Containers")).toContainText(containers);
          await expect(await panel.list.cell(id, "Started")).toContainText(/20(20|21)/);
        }
      });
    }
  });
});

test("a job with almost no fields is still a row", async ({ panel, emulator }) => {
  const odd = [
    { id: "only-an-id" },
    { id: "nulls", createdAt: null, overall_status: null, detailed_status: null, [family.jobField]: null, abort: null },
    { id: "others", createdAt: "yesterday", overall_status: 7, detailed_status: ["a"], [family.jobField]: "alone" },
    { id: "a/b?c&d=e%f ü", createdAt: before(5), overall_status: "completed" }
  ] as unknown as ReturnType<typeof job>[];
  await emulator.replaceJobs(family, odd);
  await panel.openList(family);
  await panel.list.showsAnyOrder(odd.map((job) => job.id));
});

test("two jobs of the same id are two rows", async ({ panel, emulator }) => {
  const own = container(family, 1);
  const one = job(family, 1, [own]);
  await emulator.replaceJobs(family, [one, { ...one, overall_status: "failed" }]);
  await panel.openList(family);
  await expect(panel.list.rows).toHaveCount(2);
  await expect(panel.list.rows.filter({ hasText: "Failed" })).toHaveCount(1);
});

test("a list of long names stays a table", async ({ panel, emulator }) => {
  const many = Array.from({ length: 400 }, (_, index) =>
    container(family, index + 1, { name: `${"very-long-".repeat(20)}${index}` })
  );
  const rightToLeft = container(family, 500, { name: "خزنة-الإنتاج" });
  await emulator.replaceContainers(family, [...many, rightToLeft]);
  const all = [job(family, 1, many), job(family, 2, [rightToLeft])];
  await emulator.replaceJobs(family, all);
  await panel.openList(family);
  const cell = await panel.list.cell(all[0]!.id, "Containers");
  await expect(cell).toContainText("+39");
  await expect(await panel.list.cell(all[1]!.id, "Containers")).toContainText("خزنة-الإنتاج");
  const { height } = (await panel.list.row(all[0]!.id).boundingBox())!;
  expect(height).toBeLessThan(60);
});

test("one request loads a list, and one page of names", async ({ panel, emulator }) => {
  await panel.openList(family);
  await expect(panel.list.rows).not.toHaveCount(0);
  await expect.poll(async () => (await emulator.requests()).length).toBeGreaterThanOrEqual(4);
  const requests = await emulator.requests();
  const of = (path: string) => requests.filter((request) => request.path.endsWith(path)).length;
  // The requests for the user and for the domains.
  expect(of("/auth/self/user")).toBe(1);
  expect(of("/auth/self/domains")).toBe(1);
  expect(requests.filter((request) => request.path === listPath(family)).length).toBe(1);
  // The emulator has fewer than a hundred of them, so one page is enough.
  expect(of(family.containersPath)).toBe(1);
  expect(requests).toHaveLength(4);
});
