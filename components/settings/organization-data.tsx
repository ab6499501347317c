"use client";

import { Download } from "lucide-react";
import { useState } from "react";

import { SettingsSection } from "@/components/settings/settings-section";
import { saveFile } from "@/components/shell/save-file";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { exportFileName } from "@/lib/domain/organization-export";
import { getFile } from "@/lib/http/fetch";
import { ORGANIZATION_DATA_PATH } from "@/lib/organization/queries";

/** All of the books as one file, to be kept or to be taken elsewhere. */
export function OrganizationData({ name }: { readonly name: string }) {
  return (
    <SettingsSection
      title="All data"
      note="Every table as JSON lines, every attached file, and a list with the rows and the SHA-256 of each, in one archive. Passwords, tokens and other secrets stay out."
    >
      <ExportEverything name={name} />
    </SettingsSection>
  );
}

export function ExportEverything({ name }: { readonly name: string }) {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const takeOut = async () => {
    setBusy(true);
    try {
      saveFile(await getFile(ORGANIZATION_DATA_PATH), exportFileName(name, utcDateOf(new Date())));
    } catch (error) {
      toast({ title: (error as Error).message, tone: "danger" });
    }
    setBusy(false);
  };
  return (
    <Button onClick={takeOut} busy={busy}>
      <Download aria-hidden />
      Export everything
    </Button>
  );
}
