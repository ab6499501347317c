"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { RecoveryCodeList } from "@/components/second-factor/recovery-code-list";
import { SetupForm } from "@/components/second-factor/setup-form";
import { SettingsSection } from "@/components/settings/settings-section";
import { useSave } from "@/components/shell/use-save";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Confirm } from "@/components/ui/confirm";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { accountQuery } from "@/lib/account/queries";
import { sendJson } from "@/lib/http/fetch";
import { RECOVERY_CODES_PATH, SECOND_FACTOR_PATH, secondFactorQuery } from "@/lib/second-factor/queries";
import type { RecoveryCodes, SecondFactor } from "@/lib/second-factor/schema";
import { sessionsQuery } from "@/lib/sessions/queries";

const CHANGED = [secondFactorQuery().queryKey, accountQuery().queryKey, sessionsQuery().queryKey];

/** What the reader proves besides their password. */
export function SecondFactorSection() {
  const factor = useQuery(secondFactorQuery());
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <SettingsSection
      title="Second factor"
      note="A code from your phone, asked after your password. Somebody who has only your password stays out."
    >
      <Card className="max-w-xl">
        {factor.isPending && <Skeleton className="h-24" />}
        {factor.isError && (
          <ErrorState title="Your second factor could not be read" onRetry={() => factor.refetch()}>
            {factor.error.message}
          </ErrorState>
        )}
        {codes && <RecoveryCodeList codes={codes} onKept={() => setCodes(null)} />}
        {factor.data && !codes && <State factor={factor.data} onCodes={setCodes} />}
      </Card>
    </SettingsSection>
  );
}

type StateProps = {
  readonly factor: SecondFactor;
  readonly onCodes: (codes: readonly string[]) => void;
};

function State({ factor: { enabled, vouched }, factor, onCodes }: StateProps) {
  const done = useSave(async (codes: readonly string[]) => codes, { invalidates: CHANGED });
  if (vouched)
    return (
      <p className="text-muted">
        You came in through a provider, which asks for its own. Sign in with your password to set one up here.
      </p>
    );
  if (enabled) return <Enabled factor={factor} onCodes={onCodes} />;
  return (
    <SetupForm
      onDone={(codes) => {
        onCodes(codes);
        done.mutate(codes);
      }}
    />
  );
}

function Enabled({ factor: { required, recoveryCodesLeft }, onCodes }: StateProps) {
  const toast = useToast();
  const [removing, setRemoving] = useState(false);
  const fail = (error: Error) => toast({ title: error.message, tone: "danger" });
  const renew = useSave(() => sendJson<RecoveryCodes>(RECOVERY_CODES_PATH, { method: "PUT", body: {} }), {
    invalidates: CHANGED,
  });
  const remove = useSave(() => sendJson<void>(SECOND_FACTOR_PATH, { method: "DELETE" }), {
    invalidates: CHANGED,
  });
  const take = () => {
    // First of all it may be asked whether it is them, which needs the room.
    setRemoving(false);
    // This view is gone when it is done, and with it what a mutation would call.
    remove.mutateAsync(undefined).then(() => toast({ title: "Your second factor was removed" }), fail);
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="flex flex-wrap items-center gap-2">
        <Badge>on</Badge>
        {recoveryCodesLeft === 1
          ? "1 recovery code is left."
          : `${recoveryCodesLeft} recovery codes are left.`}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          busy={renew.isPending}
          onClick={() =>
            renew.mutate(undefined, { onSuccess: (made) => onCodes(made.recoveryCodes), onError: fail })
          }
        >
          New recovery codes
        </Button>
        {!required && (
          <Button variant="danger" onClick={() => setRemoving(true)}>
            Remove
          </Button>
        )}
      </div>
      {required && (
        <p className="text-muted text-small">Your organization asks for it of your role, so it stays.</p>
      )}
      <Confirm
        open={removing}
        onOpenChange={setRemoving}
        title="Remove your second factor?"
        confirmLabel="Remove"
        onConfirm={take}
      >
        Your password alone opens your account from then on, and your recovery codes are worth nothing.
      </Confirm>
    </div>
  );
}
