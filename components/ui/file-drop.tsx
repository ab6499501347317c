"use client";

import { FileUp } from "lucide-react";
import { useId, useState } from "react";

import { classNames } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";
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
  readonly onFiles: (files: readonly File[]) => void;
};

/** Takes files by dropping, by pasting into the page's dialog of the system, or by keyboard. */
export function FileDrop({
  label,
  hint,
  accept,
  sizeMaxBytes,
  multiple = false,
  busy,
  error,
  onFiles,
}: FileDropProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const message = refusal ?? error;

  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    setOver(false);
    if (files.length === 0 || busy) return;
    const tooLarge = files.find((file) => file.size > sizeMaxBytes);
    setRefusal(
      files.length > 1 && !multiple
        ? "Choose one file."
        : tooLarge && `${tooLarge.name} is larger than ${Math.floor(sizeMaxBytes / 1_000_000)} MB.`,
    );
    if (!tooLarge && (multiple || files.length === 1)) onFiles(files);
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
          take(event.dataTransfer.files);
        }}
        className={classNames(
          "flex flex-col items-center gap-1 rounded-md border border-control border-dashed px-4 py-6 text-center hover:bg-subtle",
          "has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
          over && "bg-subtle",
        )}
      >
        {busy ? <Spinner /> : <FileUp aria-hidden className="size-4 text-muted" />}
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
            take(event.target.files);
            event.target.value = "";
          }}
          className="sr-only"
        />
      </label>
      <FieldError id={`${id}-error`} error={message} />
    </div>
  );
}
