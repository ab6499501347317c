"use client";

import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";

import { useSave } from "@/components/shell/use-save";
import { FileDrop } from "@/components/ui/file-drop";
import { useToast } from "@/components/ui/toast";
import { attachmentPath, attachmentsQuery, uploadAttachment } from "@/lib/attachments/queries";
import { ATTACHMENT_BYTES_MAX } from "@/lib/attachments/schema";

type AttachmentsProps = { readonly invoiceId: string; readonly mayAdd: boolean };

/** The paper itself: files of the invoice, to download and to add. */
export function Attachments({ invoiceId, mayAdd }: AttachmentsProps) {
  const toast = useToast();
  const files = useQuery(attachmentsQuery(invoiceId));
  const upload = useSave(
    async (chosen: readonly File[]) => {
      for (const file of chosen) await uploadAttachment(invoiceId, file);
      return chosen.length;
    },
    { invalidates: [attachmentsQuery(invoiceId).queryKey, ["invoices", "list"]] },
  );
  if (!mayAdd && (files.data ?? []).length === 0) return null;

  return (
    <section aria-labelledby="files" className="flex flex-col gap-2">
      <h3 id="files" className="font-bold">
        Files
      </h3>
      <ul className="flex flex-col gap-1">
        {(files.data ?? []).map(({ id, fileName, sizeBytes }) => (
          <li key={id} className="flex items-center gap-2">
            <FileText aria-hidden className="size-4 shrink-0 text-muted" />
            <a
              href={attachmentPath(invoiceId, id)}
              download={fileName}
              className="min-w-0 truncate rounded-sm text-link underline underline-offset-4"
            >
              {fileName}
            </a>
            <span className="text-muted text-small">{sizeText(sizeBytes)}</span>
          </li>
        ))}
      </ul>
      {mayAdd && (
        <FileDrop
          label="Attach a file"
          hint="PDF, image, text or spreadsheet, up to 10 MB"
          sizeMaxBytes={ATTACHMENT_BYTES_MAX}
          multiple
          busy={upload.isPending}
          error={upload.error?.message}
          onFiles={(chosen) =>
            upload.mutate(chosen, {
              onSuccess: (count) =>
                toast({ title: count === 1 ? "The file was attached" : `${count} files were attached` }),
            })
          }
        />
      )}
    </section>
  );
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
