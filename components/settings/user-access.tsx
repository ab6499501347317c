"use client";

import { useState } from "react";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { FieldError } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import { USERS_PATH, usersQuery } from "@/lib/users/queries";
import type { User } from "@/lib/users/schema";

type UserAccessProps = { readonly user: User; readonly onRemoved: () => void };

/** Signs somebody out, keeps them out for a while, or takes their access away. */
export function UserAccess({ user, onRemoved }: UserAccessProps) {
  const toast = useToast();
  const [asking, setAsking] = useState<"suspend" | "remove" | null>(null);
  const path = `${USERS_PATH}/${user.id}`;
  const change = useSave(
    ({ to, method }: { to: string; method: "PUT" | "DELETE" }) =>
      sendJson<unknown>(to, { method, ...(method === "PUT" && { body: {} }) }),
    { invalidates: [usersQuery().queryKey] },
  );
  const run = async (to: string, method: "PUT" | "DELETE", done: string) => {
    try {
      await change.mutateAsync({ to, method });
      toast({ title: done });
      return true;
    } catch {
      // What stands against it is said below the buttons.
      return false;
    } finally {
      setAsking(null);
    }
  };
  const remove = async () => {
    if (await run(path, "DELETE", `${user.name} can no longer sign in here`)) onRemoved();
  };

  return (
    <section aria-label="Access" className="mt-6 flex flex-col gap-2 border-line border-t pt-4">
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => run(`${path}/sessions`, "DELETE", `${user.name} was signed out`)}>
          Sign out everywhere
        </Button>
        {user.suspended ? (
          <Button onClick={() => run(`${path}/suspension`, "DELETE", `${user.name} may sign in again`)}>
            Let in again
          </Button>
        ) : (
          <Button onClick={() => setAsking("suspend")}>Suspend</Button>
        )}
        <Button onClick={() => setAsking("remove")}>Take access away</Button>
      </div>
      <FieldError id="access-error" error={change.error?.message} />
      <Confirm
        open={asking === "suspend"}
        onOpenChange={() => setAsking(null)}
        title={`Suspend ${user.name}?`}
        confirmLabel="Suspend"
        busy={change.isPending}
        onConfirm={() => run(`${path}/suspension`, "PUT", `${user.name} is kept out`)}
      >
        They are signed out of this organization at once and kept out, with their roles as they are, until
        somebody lets them in again.
      </Confirm>
      <Confirm
        open={asking === "remove"}
        onOpenChange={() => setAsking(null)}
        title={`Take the access of ${user.name} away?`}
        confirmLabel="Take access away"
        busy={change.isPending}
        onConfirm={remove}
      >
        They are signed out of this organization at once. What they entered stays.
      </Confirm>
    </section>
  );
}
