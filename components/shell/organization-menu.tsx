"use client";

import { ChevronsUpDown } from "lucide-react";

import { DropdownMenu, MenuChoice } from "@/components/ui/dropdown-menu";

export type FrameOrganization = {
  readonly id: string;
  readonly name: string;
  /** "USD · fiscal year from April" */
  readonly note: string;
};

type OrganizationMenuProps = {
  readonly organization: FrameOrganization;
  /** All that this person belongs to. */
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly onSwitch: (organizationId: string) => void;
};

/** Whose books these are; a menu when there are several. */
export function OrganizationMenu({ organization, organizations, onSwitch }: OrganizationMenuProps) {
  const name = (
    <span className="min-w-0 text-left">
      <span className="block truncate font-bold">{organization.name}</span>
      <span className="block text-muted text-small max-xl:hidden">{organization.note}</span>
    </span>
  );
  if (organizations.length < 2) return <div className="min-w-0 xl:px-2.5 xl:py-1">{name}</div>;

  return (
    <DropdownMenu
      align="start"
      trigger={
        <button
          type="button"
          className="flex min-w-0 max-w-full items-center justify-between gap-2 rounded-md py-1 hover:bg-subtle max-xl:px-1.5 xl:w-full xl:px-2.5"
        >
          {name}
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="sr-only">Switch organization</span>
        </button>
      }
    >
      <MenuChoice
        label="Organization"
        value={organization.id}
        onChange={onSwitch}
        options={organizations.map(({ id, name: label }) => ({ value: id, label }))}
      />
    </DropdownMenu>
  );
}
