"use client";

import type { PastedHolders } from "@/components/seats/holder-rows";
import { useSave } from "@/components/shell/use-save";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { PastedPerson } from "@/lib/domain/pasted-column";
import { sendJson } from "@/lib/http/fetch";
import { MEMBERS_PATH, membersQuery } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";

type UnknownNamesProps = {
  readonly pasted: PastedHolders;
  readonly startsOn: CalendarDate | null;
  readonly teamId: string | null;
  readonly onMade: (memberIds: string[]) => void;
};

/** What was understood of a pasted column, and what to do about names that nobody has. */
export function UnknownNames({ pasted, startsOn, teamId, onMade }: UnknownNamesProps) {
  const { memberIds, repeated, unknown, ambiguous } = pasted;
  const make = useSave(
    async (people: readonly PastedPerson[]) => {
      const ids: string[] = [];
      for (const { name, email } of people) {
        const team = teamId && startsOn ? { teamId, startsOn } : {};
        const body = { name, email, ...team };
        ids.push((await sendJson<Member>(MEMBERS_PATH, { method: "POST", body })).id);
      }
      return ids;
    },
    { invalidates: [membersQuery().queryKey] },
  );
  const words = [
    `${memberIds.length} understood.`,
    repeated.length > 0 && `Named twice: ${repeated.join(", ")}.`,
    ambiguous.length > 0 && `Several are called ${ambiguous.join(", ")}: choose them by hand.`,
    unknown.length > 0 && `Nobody is called ${unknown.map(({ name }) => name).join(", ")}.`,
    make.error?.message,
  ].filter((part) => typeof part === "string");

  return (
    <Banner
      live
      tone={unknown.length + ambiguous.length > 0 ? "warning" : "neutral"}
      actions={
        unknown.length > 0 && (
          <Button
            size="small"
            busy={make.isPending}
            onClick={() => make.mutate(unknown, { onSuccess: onMade })}
          >
            {unknown.length === 1 ? "Add this member" : `Add these ${unknown.length} members`}
          </Button>
        )
      }
    >
      {words.join(" ")}
    </Banner>
  );
}
