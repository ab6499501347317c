import { type Browser, expect, test } from "@playwright/test";

import { anOpenIdProvider, CLIENT } from "../lib/testing/open-id-provider";
import { anOwner, expectAccessible, expectToast } from "./support";

test("an owner lets colleagues in through the company's provider, and they come in", async ({ browser }) => {
  const provider = await anOpenIdProvider(Number(process.env.OPENID_PORT));
  const domain = `acme-${Date.now()}.example`;
  const owner = await anOwner(browser, "Sam Provider");
  await owner.goto("/settings/sign-in");
  await owner.getByRole("button", { name: "Add a provider" }).click();
  await owner.getByLabel("Name").fill("Acme Login");
  await owner.getByLabel("Issuer").fill(provider.issuer);
  await owner.getByLabel("Client id").fill(CLIENT.clientId);
  await owner.getByLabel("Client secret").fill(CLIENT.clientSecret);
  await owner.getByLabel("E-mail domains").fill(domain);
  await owner.getByLabel("Whoever it vouches for joins as a member").check();
  await owner.getByRole("button", { name: "Save" }).click();
  const redirect = owner.getByLabel("Redirect address");
  await expect(redirect).toHaveValue(/\/api\/auth\/callback\//);
  // Nobody came through it yet, so it cannot be the only way in.
  await expect(owner.getByLabel(`No passwords for ${domain}`)).toBeDisabled();
  provider.serve([await redirect.inputValue()]);

  const email = `dana@${domain}`;
  const person = { sub: "dana", email, name: "Dana Colleague" };
  provider.be({ ...person, email_verified: false });
  const refused = await goes(browser, email);
  await expect(refused.getByText("does not say that your e-mail address is yours")).toBeVisible();
  await expectAccessible(refused, "refused");

  provider.be({ ...person, email_verified: true });
  const colleague = await goes(browser, email);
  await expect(colleague.getByRole("heading", { name: "Budget", level: 1 })).toBeVisible();

  // Now it may be the only way in; a password is refused from then on.
  await owner.reload();
  await owner.getByLabel(`No passwords for ${domain}`).check();
  await owner.getByRole("button", { name: "Save" }).click();
  await expectToast(owner, "Acme Login was saved");
  const late = await (await browser.newContext()).newPage();
  await late.goto("/sign-in");
  await late.getByLabel("E-mail").fill(email);
  await expect(late.getByText("Your organization takes no passwords")).toBeVisible();
  await late.getByLabel("Password").fill("whatever it may be");
  await late.getByRole("button", { name: "Sign in" }).click();
  await expect(late.getByText("Sign in through Acme Login.")).toBeVisible();
  provider.close();
});

/** From the sign-in page to the provider and back, in a browser that knows nobody. */
async function goes(browser: Browser, email: string) {
  const page = await (await browser.newContext()).newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Continue with Acme Login" }).click();
  return page;
}
