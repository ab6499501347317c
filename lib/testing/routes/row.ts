import { newId } from "@/lib/db/id";
import { addDays } from "@/lib/domain/calendar-date";
import type { Asked, RouteName } from "@/lib/testing/ask";
import type { Principal, SignedIn, World } from "@/lib/testing/world";

/** Who may use a route, what they get, and a request that is right in every field. */
export type Row = {
  readonly route: RouteName;
  /** Who gets through. Everybody else is refused: 401 without a session, else 403. */
  readonly who: readonly Principal[];
  readonly status: number;
  /** For whom it is not there, because it is about people or money that they may not see. */
  readonly hiddenFrom?: readonly SignedIn[];
  /** A request with every field that the route knows, about things of this world. Each call may change the books. */
  readonly request: (world: World, who: SignedIn) => Promise<Asked> | Asked;
  /** It takes a fresh sign-in. */
  readonly fresh?: true;
  /** Fields that a right request cannot carry together with the others. */
  readonly omits?: readonly string[];
};

export const ALL: readonly SignedIn[] = ["owner", "finance", "lead", "otherLead", "member", "auditor"];
export const ANYBODY: readonly Principal[] = [...ALL, "nobody"];
export const ENTERS: readonly SignedIn[] = ["owner", "finance", "lead", "otherLead"];
export const OWN_TEAM: readonly SignedIn[] = ["owner", "finance", "lead"];
export const WRITES_ALL: readonly SignedIn[] = ["owner", "finance"];
export const OWNER: readonly SignedIn[] = ["owner"];
/** Whoever sees Platform and its people: all readers, its lead, and its member Ben. */
export const SEES_PLATFORM: readonly SignedIn[] = ["owner", "finance", "lead", "member", "auditor"];

/** A text that no row of the books has yet. */
export const unique = (text: string): string => `${text} ${newId().slice(-12)}`;

let days = 0;
/** A day that no exchange rate of these tests has yet. */
export const uniqueDay = (): string => addDays("2002-01-01", days++);
