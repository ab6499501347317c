import AxeBuilder from "@axe-core/playwright";
import {
  type APIRequestContext,
  type APIResponse,
  type Browser,
  type BrowserContextOptions,
  type ConsoleMessage,
  expect,
  type Page,
} from "@playwright/test";
import { parse } from "csv-parse/sync";
import { Client } from "pg";

export const OWNER = { name: "Ada Owner", email: "ada@example.test", password: "correct horse battery" };
export const ORGANIZATION = "Lovelace & Co";

/** Signs in through the page, as a person does. */
export async function signIn(page: Page, { email, password } = OWNER): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();
}

/** Somebody with made-up books of their own, in which nobody else enters, closes or removes anything. */
export async function anOwner(
  browser: Browser,
  name: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const first = await (await browser.newContext()).newPage();
  await signIn(first);
  // Whoever signs in comes to the books that they looked at last, which may be made up, and another's.
  await apiOf(first).put("session", { organizationId: await realBooks() });
  const email = `${name.toLowerCase().replace(" ", "-")}-${Date.now()}@example.test`;
  const invitation = { name, email, roles: ["owner"] };
  const { link } = await apiOf(first).post<{ link: string }>("invitations", invitation);
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(new URL(link, "http://localhost").pathname);
  await page.getByLabel("Password").fill("yet another good password");
  await page.getByRole("button", { name: /^(Join|Open|Create|Accept)/ }).click();
  await expect(page.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();
  await apiOf(page).put("demo-data", {});
  await first.context().close();
  return page;
}

async function realBooks(): Promise<string> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query(
      "SELECT id FROM organization WHERE NOT demo ORDER BY created_at LIMIT 1",
    );
    return rows[0].id;
  } finally {
    await client.end();
  }
}

/** What a browser says with every change that a page of ours makes. */
export const ownOrigin = () => ({ Origin: new URL(process.env.TWOLINE_URL ?? "").origin });

/** The interface, in the name of whoever is signed in with the page. */
export function apiOf(page: Page) {
  const { request } = page;
  const url = (path: string) => `/api/v1/${path}`;
  const headers = ownOrigin();
  return {
    get: async <T>(path: string): Promise<T> => await read<T>(await request.get(url(path)), 200),
    post: async <T = { id: string; version: number }>(path: string, data: object): Promise<T> =>
      await read<T>(await request.post(url(path), { data, headers }), 201),
    put: async <T>(path: string, data: object): Promise<T> =>
      await read<T>(await request.put(url(path), { data, headers }), 200),
    delete: async (path: string): Promise<void> => {
      expect((await request.delete(url(path), { headers })).status()).toBe(204);
    },
    request: request as APIRequestContext,
  };
}
export type Api = ReturnType<typeof apiOf>;

async function read<T>(response: APIResponse, status: number): Promise<T> {
  const body = await response.text();
  expect(response.status(), body).toBe(status);
  return JSON.parse(body) as T;
}

export const usd = (minor: number) => ({ minor, currency: "USD" });

/** Types into whatever has the focus, as a person at the keyboard. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** The rows of a CSV by column name. */
export const csvRows = (text: string): Record<string, string>[] => parse(text, { columns: true });

/** That a notification says so. */
export const expectToast = (page: Page, text: string): Promise<void> =>
  expect(page.getByText(text, { exact: true }).first()).toBeVisible();

/** That axe finds nothing on the page as it stands, once what moves has come to its place: half in, a sheet is none to it. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(async () => {
    const ends = ({ effect }: Animation) => Number.isFinite(effect?.getComputedTiming().endTime);
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(ends)
        .map(({ finished }) => finished),
    );
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
  expect(found, what).toEqual([]);
}

/** What went wrong on a page since it was last asked: rules of its policy, errors on the console or in a script. */
export async function watched(page: Page) {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("console", (message: ConsoleMessage) => {
    if (message.type() === "error") faults.push(`console: ${message.text()} ${message.location().url}`);
  });
  await page.exposeFunction("policyBroken", (what: string) => faults.push(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sample, sourceFile } = event;
      const tell = (window as unknown as { policyBroken: (what: string) => void }).policyBroken;
      tell(`${effectiveDirective} ${blockedURI} ${sample} ${sourceFile}`);
    });
  });
  return () => faults.splice(0);
}
