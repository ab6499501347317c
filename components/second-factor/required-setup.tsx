"use client";

import { useState } from "react";

import { RecoveryCodeList } from "@/components/second-factor/recovery-code-list";
import { SetupForm } from "@/components/second-factor/setup-form";
import { SignOutInstead } from "@/components/second-factor/sign-out-instead";
import { ProofQuestion } from "@/components/shell/proof-question";

/** For whoever has a role of which the organization asks for a second factor, and has none yet. */
export function RequiredSetup() {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-title font-semibold">Set up a second factor</h1>
        <p className="mt-1 text-muted">
          Your organization asks for one of your role. It takes a minute, and an app on your phone that makes
          codes.
        </p>
      </div>
      {codes ? (
        <RecoveryCodeList codes={codes} onKept={() => window.location.assign("/budget")} />
      ) : (
        <>
          <SetupForm onDone={setCodes} />
          <SignOutInstead />
        </>
      )}
      <ProofQuestion />
    </div>
  );
}
