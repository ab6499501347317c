"use client";

import { FileUp } from "lucide-react";
import { useId, useState } from "react";

import { classNames } from "@/components/ui/class-names";
import {
  entriesOf,
  FOLDER_FILES_MAX,
  type FoundFile,
  filesBelow,
  filesInFolder,
} from "@/components/ui/dropped-files";
import { FieldError } from "@/components/ui/field";
import { FolderInput } from "@/components/ui/folder-input";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";

type FileDropProps = {
  readonly label: string;
  /** What may be dropped, in words: "PDF or image, up to 10 MB". */
  readonly hint: string;
  /** File types as the `accept` attribute has them: ".csv,text/csv". */
  readonly accept?: string;
  readonly sizeMaxBytes: number;
  readonly multiple?: boolean;
  readonly busy?: boolean;
  readonly error?: string | undefined;
  /** Which files are taken out of a folder, by how their names end; without it, folders are not taken. */
  readonly folderEndings?: readonly string[];
  /** Makes of the files what is measured and handed on. */
  readonly combine?: (files: readonly File[]) => readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
};

/** Takes files, and whole folders of them, by dropping, by pasting into the system's dialog, or by keyboard. */
export function FileDrop({
  label,
  hint,
  accept,
  sizeMaxBytes,
  multiple = false,
  busy,
  error,
  folderEndings,
  combine = (files) => files,
  onFiles,
}: FileDropProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [looking, setLooking] = useState<number | null>(null);
  const message = refusal ?? error;

  const take = (chosen: readonly File[]) => {
    if (chosen.length === 0 || busy) return;
    const files = combine(chosen);
    const tooLarge = files.find((file) => file.size > sizeMaxBytes);
    setRefusal(
      files.length > 1 && !multiple
        ? "Choose one file."
        : tooLarge && `${tooLarge.name} is larger than ${Math.floor(sizeMaxBytes / 1_000_000)} MB.`,
    );
    if (!tooLarge && (multiple || files.length === 1)) onFiles(files);
  };

  const takeFolder = (found: readonly FoundFile[]) => {
    const files = filesInFolder(found, folderEndings ?? []);
    if (files.length > 0) take(files);
    else setRefusal(`There is no file in it that ends with ${folderEndings?.join(", ")}.`);
  };

  const drop = async (data: DataTransfer) => {
    const entries = folderEndings ? entriesOf(data) : [];
    if (busy || entries.every(({ isFile }) => isFile)) return take([...data.files]);
    setLooking(0);
    try {
      takeFolder(await filesBelow(entries, setLooking));
    } catch (failure) {
      const many = `This folder has more than ${FOLDER_FILES_MAX} files. Choose one of those in it.`;
      setRefusal(failure instanceof RangeError ? many : "The folder cannot be read. Choose it again.");
    } finally {
      setLooking(null);
    }
  };

  return (
    <div className="flex flex-col gap-1">
      <label
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void drop(event.dataTransfer);
        }}
        className={classNames(
          "flex flex-col items-center gap-1 rounded-md border border-control border-dashed px-4 py-6 text-center hover:bg-subtle",
          "has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
          over && "bg-subtle",
        )}
      >
        {busy || looking !== null ? <Spinner /> : <FileUp aria-hidden className="size-4 text-muted" />}
        <span className="font-medium">{label}</span>
        <span id={`${id}-hint`} className="text-muted text-small">
          {hint}
        </span>
        <input
          type="file"
          accept={accept}
          multiple={multiple}
          disabled={busy}
          aria-describedby={classNames(`${id}-hint`, message !== undefined && `${id}-error`)}
          aria-invalid={message !== undefined || undefined}
          onChange={(event) => {
            take([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
          className="sr-only"
        />
      </label>
      {folderEndings && <FolderInput disabled={busy} onFolder={takeFolder} />}
      {looking !== null && <Progress label="Looking for files" done={looking} total={null} noun="files" />}
      <FieldError id={`${id}-error`} error={message} />
    </div>
  );
}
