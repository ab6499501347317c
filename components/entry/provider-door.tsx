"use client";

import { useState } from "react";

import { startSingleSignOn } from "@/components/entry/start-single-sign-on";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";

type ProviderDoorProps = {
  readonly connection: { readonly id: string; readonly name: string };
  readonly enforced?: boolean;
  /** There is no password that would open it too. */
  readonly alone?: boolean;
};

/** The way in through a provider, above the one by a password. */
export function ProviderDoor({ connection, enforced = false, alone = false }: ProviderDoorProps) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const go = async () => {
    setBusy(true);
    setFailed(false);
    await startSingleSignOn(connection.id).catch(() => setFailed(true));
    setBusy(false);
  };
  return (
    <div className="flex flex-col gap-2">
      <Button variant="primary" busy={busy} onClick={go}>
        Continue with {connection.name}
      </Button>
      {failed && (
        <FieldError
          id="provider-error"
          error="The server could not be reached. Look at your network, then try again."
        />
      )}
      {!alone && (
        <p className="text-muted text-small">
          {enforced ? "Your organization takes no passwords, except of its owners." : "Or with a password:"}
        </p>
      )}
    </div>
  );
}
