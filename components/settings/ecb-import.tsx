"use client";

import { useState } from "react";

import { currencyOptions } from "@/components/settings/currency-options";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { useLocale } from "@/components/ui/reader";
import { Sheet } from "@/components/ui/sheet";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { dateText } from "@/lib/domain/date-text";
import { importEcb } from "@/lib/rates/queries";
import { ECB_BYTES_MAX, type EcbInput, type EcbResult } from "@/lib/rates/schema";

type EcbImportProps = { readonly open: boolean; readonly onClose: () => void };

/** Takes the rates of the European Central Bank from its file, after saying what it would bring. */
export function EcbImport({ open, onClose }: EcbImportProps) {
  const toast = useToast();
  const locale = useLocale();
  const [file, setFile] = useState<File | null>(null);
  const [currency, setCurrency] = useState<string | null>(null);
  const [preview, setPreview] = useState<EcbResult | null>(null);
  const save = useSave(
    ({ file: sent, ...input }: { readonly file: File } & EcbInput) => importEcb(sent, input),
    { invalidates: [["rates"], ...MONEY_KEYS] },
  );
  const ask = (chosen: File | null, also: string | null) => {
    setFile(chosen);
    setCurrency(also);
    setPreview(null);
    if (chosen === null) return;
    save.mutate(
      { file: chosen, mode: "preview", ...(also && { currency: also }) },
      { onSuccess: setPreview },
    );
  };
  const close = () => {
    ask(null, null);
    save.reset();
    onClose();
  };
  const count = preview?.pairs.reduce((sum, { added }) => sum + added, 0) ?? 0;
  const commit = () =>
    file &&
    save.mutate(
      { file, mode: "commit", ...(currency && { currency }) },
      {
        onSuccess: () => {
          toast({ title: `${ratesText(count)} ${count === 1 ? "was" : "were"} added` });
          close();
        },
      },
    );

  return (
    <Sheet
      open={open}
      onOpenChange={(next) => !next && close()}
      title="Rates of the European Central Bank"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" busy={save.isPending} disabled={count === 0} onClick={commit}>
            {count === 0 ? "Add rates" : `Add ${ratesText(count)}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted">
          The bank publishes its reference rates of every working day as one file, eurofxref-hist.csv. Taken
          are the currencies of your books; a day that has a rate keeps it.
        </p>
        <FileDrop
          label="Drop the file here, or choose it"
          hint="eurofxref-hist.csv, out of its zip file"
          accept=".csv,text/csv"
          sizeMaxBytes={ECB_BYTES_MAX}
          busy={save.isPending}
          error={save.error?.message}
          onFiles={([chosen]) => ask(chosen ?? null, currency)}
        />
        <Field label="One more currency" optional hint="For an invoice in a currency that nothing is in yet.">
          <Combobox options={currencyOptions(locale)} value={currency} onChange={(code) => ask(file, code)} />
        </Field>
        {preview && <Preview preview={preview} />}
      </div>
    </Sheet>
  );
}

const ratesText = (count: number): string => (count === 1 ? "1 rate" : `${count} rates`);

const daysText = (first: string, last: string): string =>
  first === last ? dateText(first) : `${dateText(first)} to ${dateText(last)}`;

function Preview({ preview: { pairs, unpublished } }: { readonly preview: EcbResult }) {
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      {pairs.length > 0 ? (
        <Table caption="What the file would add" divided>
          <TableHead>
            <tr>
              <Column pinned>Pair</Column>
              <Column figures>New</Column>
              <Column figures>Kept</Column>
              <Column>Days</Column>
            </tr>
          </TableHead>
          <tbody>
            {pairs.map(({ from, to, added, kept, firstDay, lastDay }) => (
              <Row key={from}>
                <RowHead pinned className="whitespace-nowrap font-normal">
                  {from} to {to}
                </RowHead>
                <Cell figures>{added}</Cell>
                <Cell figures>{kept}</Cell>
                <Cell className="text-muted">
                  {firstDay && lastDay ? daysText(firstDay, lastDay) : "nothing new"}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      ) : (
        <p>Nothing in the books is in another currency. Choose one below the file to take its rates.</p>
      )}
      {unpublished.length > 0 && (
        <p className="text-warning">
          The bank publishes no rate of {unpublished.join(", ")}. Enter those by hand.
        </p>
      )}
    </div>
  );
}
