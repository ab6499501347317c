"use client";

import { useState } from "react";

import { EraseForm } from "@/components/people/erase-form";
import { saveFile } from "@/components/shell/save-file";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { getFile } from "@/lib/http/fetch";
import { personDataPath } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";

type PersonDataProps = { readonly member: Member; readonly mayErase: boolean };

/** What the law gives people: all that is kept about them, and to be forgotten. */
export function PersonData({ member, mayErase }: PersonDataProps) {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [erasing, setErasing] = useState(false);
  const takeOut = async () => {
    setBusy(true);
    try {
      saveFile(await getFile(personDataPath(member.id)), `person-${member.id.slice(-8)}.json`);
    } catch (error) {
      toast({ title: (error as Error).message, tone: "danger" });
    }
    setBusy(false);
  };

  return (
    <section aria-labelledby="member-data" className="flex flex-col items-start gap-2">
      <h3 id="member-data" className="font-bold">
        What is kept about {member.erased ? "them" : member.name}
      </h3>
      <p className="text-muted">
        {member.erased
          ? "Who this was is not known here any more. What they cost stays in the books."
          : "Everything that names or means them, as one file: seats, use, costs, access and what they did."}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={takeOut} busy={busy}>
          Take it out
        </Button>
        {mayErase && !member.erased && <Button onClick={() => setErasing(true)}>Erase…</Button>}
      </div>
      <Dialog open={erasing} onOpenChange={setErasing} title={`Erase ${member.name}?`}>
        <EraseForm member={member} onDone={() => setErasing(false)} />
      </Dialog>
    </section>
  );
}
