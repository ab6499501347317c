import type { ArrivalRefusal } from "@/lib/domain/sign-in-provider";

const REFUSED: Readonly<Record<ArrivalRefusal, string>> = {
  unverified:
    "Your provider does not say that your e-mail address is yours. Have it verified there, then try again.",
  domain: "Your provider knows you by an address of another domain than it may vouch for here.",
  not_invited: "Nobody has invited you yet. Ask an owner of your organization.",
  no_access: "You no longer have access. Ask an owner of your organization.",
  not_fresh:
    "Your provider knew you from before and did not ask who you are, or does not say when it did. Sign out and in again instead.",
  other_person: "Your provider knows whoever is there now as somebody else than who is signed in here.",
  provider: "Your provider could not be reached, or gave no proper answer. Try again, or tell an owner.",
};

/** What to tell somebody whom a provider sent and who was not let in; null when there is nothing to tell. */
export function refusalWords({
  refused,
  error,
}: {
  readonly refused?: string;
  readonly error?: string;
}): string | null {
  if (refused !== undefined && Object.hasOwn(REFUSED, refused)) return REFUSED[refused as ArrivalRefusal];
  if (refused === undefined && error === undefined) return null;
  return "That sign-in did not work. Begin again from here.";
}
