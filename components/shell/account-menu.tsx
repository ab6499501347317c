"use client";

import { CircleUserRound, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";

import { DropdownMenu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";

export type FrameAccount = { readonly name: string; readonly email: string };

const THEMES = [
  { value: "system", label: "As the system", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
] as const;

type AccountMenuProps = { readonly account: FrameAccount; readonly onSignOut: () => void };

/** Who is signed in, how the pages look to them, and the way out. */
export function AccountMenu({ account, onSignOut }: AccountMenuProps) {
  const { theme = "system", setTheme } = useTheme();
  return (
    <DropdownMenu
      trigger={
        <IconButton label="Account and theme">
          <CircleUserRound aria-hidden />
        </IconButton>
      }
    >
      <MenuLabel>
        <span className="block max-w-60 truncate font-medium text-body text-ink">{account.name}</span>
        <span className="block max-w-60 truncate">{account.email}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuChoice label="Theme" options={THEMES} value={theme} onChange={setTheme} />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={onSignOut}>
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}
