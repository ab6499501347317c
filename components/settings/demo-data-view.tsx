"use client";

import { useState } from "react";

import { SettingsSection } from "@/components/settings/settings-section";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { FieldError } from "@/components/ui/field";
import { sendJson } from "@/lib/http/fetch";

type DemoDataViewProps = {
  /** Whether these books are the made-up ones. */
  readonly inDemo: boolean;
};

const PATH = "/api/v1/demo-data";

/** Made-up books to look around in, apart from the real ones; opened and removed in one action each. */
export function DemoDataView({ inDemo }: DemoDataViewProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const run = async (method: "PUT" | "DELETE") => {
    setBusy(true);
    setError(undefined);
    try {
      await sendJson(PATH, { method, ...(method === "PUT" && { body: {} }) });
      // A full load: the session now looks at other books.
      window.location.assign("/budget");
    } catch (thrown) {
      setError((thrown as Error).message);
      setBusy(false);
      setAsking(false);
    }
  };

  return (
    <SettingsSection
      title="Demo data"
      note={
        inDemo
          ? "You are looking at made-up books. Your own are untouched, and stay so when these are removed."
          : "A made-up team of twelve with fourteen months of books, in an organization of its own. Your books stay as they are; you switch between the two at the top left."
      }
    >
      <div className="flex flex-col items-start gap-2">
        <div className="flex flex-wrap gap-2">
          {!inDemo && (
            <Button variant="primary" busy={busy && !asking} onClick={() => run("PUT")}>
              Look around in demo data
            </Button>
          )}
          <Button onClick={() => setAsking(true)} disabled={busy}>
            Remove demo data
          </Button>
        </div>
        <FieldError id="demo-data-error" error={error} />
      </div>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Remove the demo data?"
        confirmLabel="Remove demo data"
        busy={busy}
        onConfirm={() => run("DELETE")}
      >
        The made-up organization goes with everything that was tried in it. Your own books stay.
      </Confirm>
    </SettingsSection>
  );
}
