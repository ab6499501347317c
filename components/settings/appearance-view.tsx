"use client";

import { useTheme } from "next-themes";
import { useEffect, useState } from "react";

import { SettingsSection } from "@/components/settings/settings-section";
import { RadioGroup } from "@/components/ui/radio-group";

const THEMES = [
  {
    value: "system",
    label: "As the system",
    hint: "Light by day and dark by night, if your system does so.",
  },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** How the pages look in this browser. */
export function AppearanceView() {
  const { theme = "system", setTheme } = useTheme();
  // Only the browser knows what was chosen in it.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return (
    <SettingsSection title="Appearance" note="Kept in this browser.">
      <RadioGroup label="Theme" options={THEMES} value={mounted ? theme : "system"} onChange={setTheme} />
    </SettingsSection>
  );
}
