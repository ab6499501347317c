"use client";

import type { FoundFile } from "@/components/ui/dropped-files";

/** What makes a browser offer folders; React's types do not know it. */
const FOLDERS = { webkitdirectory: "" };

type FolderInputProps = {
  readonly disabled?: boolean | undefined;
  readonly onFolder: (found: readonly FoundFile[]) => void;
};

/** A link that opens the system's dialog for a folder; every file below it is given, with its path. */
export function FolderInput({ disabled, onFolder }: FolderInputProps) {
  return (
    <label
      className={
        "w-fit cursor-pointer rounded-sm text-link text-small underline underline-offset-4 " +
        "has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2"
      }
    >
      Choose a whole folder
      <input
        {...FOLDERS}
        type="file"
        multiple
        disabled={disabled}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          if (files.length > 0) onFolder(files.map((file) => ({ path: file.webkitRelativePath, file })));
          event.target.value = "";
        }}
        className="sr-only"
      />
    </label>
  );
}
