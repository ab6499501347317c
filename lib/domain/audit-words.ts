import { isCalendarDate } from "./calendar-date";
import { isCurrency } from "./currency";
import { dateText, instantText, monthText, periodText } from "./date-text";
import type { Money } from "./money";
import { moneyText } from "./money-text";
import { isMonth } from "./month";

/** A change as the trail tells it. */
export type Trace = {
  readonly action: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  /** What ids in it are called today. */
  readonly names: Readonly<Record<string, string>>;
};

/** A field of a record on both sides of a change, to read; null: there was none. */
export type FieldChange = {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** Actions that their own words do not say well. */
const PHRASES: Readonly<Record<string, string>> = {
  "alert.raise": "raised an alert",
  "api_token.create": "made the API token",
  "api_token.end": "ended the API token",
  "assignment.batch": "gave out seats of",
  "assignment.change": "changed the seat of",
  "assignment.create": "gave a seat to",
  "assignment.remove": "took back seats of",
  "attachment.create": "attached a file to invoice",
  "calendar_feed.create": "made the calendar address of",
  "calendar_feed.revoke": "took back the calendar address of",
  "classification.create": "classified",
  "closing.accept": "accepted a point of a month's checklist",
  "closing.approve": "approved the close of a month",
  "closing.close": "closed a month",
  "closing.reopen": "reopened a month",
  "closing.unapprove": "took back the approval of a month's close",
  "closing.withdraw": "took back what was accepted of a month's checklist",
  "exchange_rate.import": "took rates of the European Central Bank",
  "difference.accept": "explained a difference of",
  "difference.withdraw": "took back why there is a difference of",
  "finding.change": "said what becomes of a finding",
  "finding.refresh": "found anew, or no more, what the rules look for",
  "identity.match": "said who is meant by a name in usage files",
  "identity.unmatch": "took back who is meant by a name in usage files",
  "invitation.accept": "accepted an invitation",
  "invitation.create": "invited a colleague",
  "invitation.renew": "sent an invitation anew",
  "invitation.revoke": "took back an invitation",
  "invoice_duty.remind": "reminded of the late invoice of",
  "invoice_duty.remove": "took back who enters the invoice of",
  "invoice_duty.set": "said who enters the invoice of",
  "member.erase": "erased",
  "member.export": "took out what is kept about",
  "leave.create": "entered a leave of",
  "leave.remove": "took back a leave of",
  "member.merge": "merged another member into",
  "membership.create": "moved to another team:",
  "membership.remove": "took back the team of",
  "model_price.replace": "brought model prices up to date",
  "opening_totals.change": "stated what months before the books came to",
  "organization.create": "set up the books",
  "organization.change": "changed the organization",
  "organization.export": "took out everything of the books",
  "organization.second_factor": "changed of whom a second factor is asked",
  "plan_price.create": "entered a price of",
  "secret.reseal": "sealed the secrets of the books under a new key",
  "settlement.create": "entered what was paid for invoice",
  "settlement.void": "took back what was paid for invoice",
  "team.lead": "gave a lead to team",
  "team.lead_end": "ended a lead of team",
  "term.create": "changed seats or price of",
  "term.change": "corrected seats or price of",
  "term.remove": "removed a change of seats or price of",
  "user.change_password": "changed their password",
  "user.forgot_password": "chose a new password by mail",
  "user.rename": "changed their name",
  "sign_in_connection.change": "changed a provider that people sign in through",
  "sign_in_connection.create": "let people sign in through a provider",
  "sign_in_connection.remove": "removed a provider that people signed in through",
  "user.break_glass": "signed in with a password where a provider is the only way in for others",
  "user.connect": "connected a provider with the account of",
  "user.join": "joined through a provider",
  "user.recovery_code": "proved who they are by a recovery code",
  "user.recovery_codes": "made new recovery codes",
  "user.second_factor_lost": "took the second factor of somebody who was locked out:",
  "user.second_factor_off": "removed their second factor",
  "user.second_factor_on": "set up a second factor",
  "user.reset_password": "gave a new password to",
  "user.resume": "let in again",
  "user.sign_in_link": "made a sign-in link",
  "user.sign_out": "signed out everywhere",
  "user.suspend": "suspended",
  "webhook.end": "removed webhook",
  "webhook.switch_off": "switched off, because nothing reached it, webhook",
  "webhook.test": "sent a test to webhook",
};

const DONE: Readonly<Record<string, string>> = {
  accept: "accepted",
  approve: "approved",
  change: "changed",
  close: "closed",
  commit: "took in",
  create: "added",
  delete: "removed",
  discard: "threw away",
  post: "posted",
  remove: "removed",
  reopen: "reopened",
  undo: "undid",
  void: "voided",
};

/** Nobody reads these: they tell nothing about the record. */
const SILENT = new Set(["id", "version", "createdAt", "organizationId", "membershipId", "classificationId"]);

/** What was done, to follow the name of who did it: "posted invoice 0042", "changed seats of Claude Team from 5 to 7". */
export function auditSentence(trace: Trace, locale: string): string {
  const { action, targetId, names } = trace;
  const name = names[targetId];
  const all = auditChanges(trace, locale);
  // Of a dated change its day comes after what it changes.
  const day = action === "term.create" ? all.find(({ field }) => field === "starts on")?.after : undefined;
  const changes = day ? all.filter(({ field }) => field !== "starts on") : all;
  const since = day ? `, as of ${day}` : "";
  const [one] = changes;
  if (
    trace.before &&
    trace.after &&
    one &&
    changes.length === 1 &&
    one.before !== null &&
    one.after !== null
  ) {
    const noun = action.startsWith("organization.") ? "the organization" : (name ?? nounOf(action));
    if (one.before !== HIDDEN)
      return `changed ${one.field} of ${noun} from ${one.before} to ${one.after}${since}`;
    return `changed ${one.field} of ${noun}`;
  }
  const { month } = { ...trace.before, ...trace.after };
  const which = typeof month === "string" && isMonth(month) ? monthText(month) : "a month";
  const phrase = actionText(action).replace("a month", which);
  return name === undefined || action.startsWith("organization.") ? phrase : `${phrase} ${name}`;
}

/** An action for a list to choose from: "invoice.post" is "posted invoice". */
export const actionText = (action: string): string => PHRASES[action] ?? generic(action);

/** A kind of record: "api_account" is "API account". */
export const targetTypeText = (targetType: string): string => nounOf(targetType);

function generic(action: string): string {
  const verb = action.split(".")[1] ?? "";
  return `${DONE[verb] ?? words(verb)} ${nounOf(action)}`;
}

const nounOf = (action: string): string => {
  const noun = words(action.split(".")[0] ?? "");
  // On screens a subscription is a contract.
  return noun.replace(/^api /, "API ").replace(/^subscription$/, "contract");
};

/** Every field that differs between the two sides, as people read it. */
export function auditChanges({ before, after, names }: Trace, locale: string): FieldChange[] {
  const [old, now] = [leavesOf(before, names, locale), leavesOf(after, names, locale)];
  // A change often names only the fields that were sent: what it does not name stayed.
  const named = after && new Set(Object.keys(after).map(bare));
  const fields = [...new Set([...old.keys(), ...now.keys()])];
  return fields.flatMap((field): FieldChange[] => {
    const [was, is] = [old.get(field) ?? null, now.get(field) ?? null];
    if (before && after && !named?.has(field.split(" · ")[0]?.replace(/ \d+$/, "") ?? "")) return [];
    if (was === is && is !== HIDDEN) return [];
    if (is === HIDDEN && before === null) return [];
    return [{ field, before: before ? was : null, after: after ? is : null }];
  });
}

/** What the trail says of a name: that it changed, and not to what. */
const HIDDEN = "changed";

type Names = Trace["names"];

function leavesOf(value: object | null, names: Names, locale: string): Map<string, string> {
  const leaves = new Map<string, string>();
  const visitFields = (fields: object, path: string): void => {
    for (const [key, item] of Object.entries(fields)) {
      if (!SILENT.has(key)) visit(item, path === "" ? bare(key) : `${path} · ${bare(key)}`);
    }
  };
  const visit = (inner: unknown, path: string): void => {
    const text = textOf(inner, names, locale);
    if (text !== null) leaves.set(path, text);
    else if (Array.isArray(inner)) {
      for (const [index, item] of inner.entries()) visit(item, `${path} ${index + 1}`);
    } else if (inner !== null && typeof inner === "object") visitFields(inner, path);
  };
  // The record itself has an id and a name, and still is more than a reference to it.
  if (value) visitFields(value, "");
  return leaves;
}

/** "defaultProductId" and "defaultProduct" are both the default product. */
const bare = (key: string): string => words(key.replace(/Ids?$/, (end) => (end === "Ids" ? "s" : "")));

const words = (text: string): string =>
  text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A value in a line; null: it has parts of its own. Nothing is shown as nothing, so that it differs from something. */
function textOf(value: unknown, names: Names, locale: string): string | null {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return wordOf(value, names);
  if (Array.isArray(value)) {
    if (value.length === 0) return "nothing";
    if (value.some((item) => item !== null && typeof item === "object")) return null;
    return value.map((item) => textOf(item, names, locale)).join(", ");
  }
  const fields = value as Readonly<Record<string, unknown>>;
  if (isMoney(fields)) return moneyText(fields, locale, { withCurrency: true });
  if (typeof fields.start === "string" && typeof fields.end === "string") {
    return periodText({ start: fields.start, end: fields.end });
  }
  if (typeof fields.id === "string" && "name" in fields) return wordOf(fields.id, names);
  return null;
}

function wordOf(text: string, names: Names): string {
  if (UUID.test(text)) return names[text] ?? `…${text.slice(-6)}`;
  if (isCalendarDate(text)) return dateText(text);
  if (isMonth(text)) return monthText(text);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return instantText(text);
  return /^[a-z]+(_[a-z]+)+$/.test(text) ? words(text) : text;
}

const isMoney = (value: Readonly<Record<string, unknown>>): value is Money =>
  Number.isSafeInteger(value.minor) && typeof value.currency === "string" && isCurrency(value.currency);
