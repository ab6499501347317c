"use client";

import { Plus } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useState } from "react";
import { type UseFormReturn, useFieldArray } from "react-hook-form";

import {
  BLANK_LINE,
  type InvoiceValues,
  type LineValues,
  sumOfLines,
} from "@/components/invoices/invoice-values";
import { LineFields } from "@/components/invoices/line-fields";
import { ACCOUNT, SUBSCRIPTION } from "@/components/invoices/line-target";
import { isBlock, type PastedLines, readPastedLines } from "@/components/invoices/pasted-lines";
import { usualTax } from "@/components/invoices/usual-tax";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { ComboboxOption } from "@/components/ui/combobox-match";
import { useLocale, useToday } from "@/components/ui/reader";
import { useLateFocus } from "@/components/ui/use-late-focus";
import { money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import type { TaxDefaults } from "@/lib/domain/tax";
import type { Member } from "@/lib/members/schema";

type InvoiceLinesProps = {
  readonly form: UseFormReturn<InvoiceValues>;
  readonly targets: readonly ComboboxOption[];
  readonly members: readonly Member[];
  /** How the provider's invoices are usually taxed. */
  readonly tax: TaxDefaults | null;
};

/** The lines, like a ledger: Enter leads to the next line, and at the end makes one. */
export function InvoiceLines({ form, targets, members, tax }: InvoiceLinesProps) {
  const locale = useLocale();
  const today = useToday();
  const [pasted, setPasted] = useState<PastedLines | null>(null);
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "charges" });

  const focusLine = useLateFocus((place) =>
    document.querySelector<HTMLInputElement>(`[data-line="${place}"] input`),
  );
  const add = () => {
    const last = form.getValues("charges").at(-1);
    append(
      {
        ...BLANK_LINE,
        ...(last && { chargeCategory: last.chargeCategory, chargePeriod: last.chargePeriod }),
      },
      { shouldFocus: false },
    );
    focusLine(fields.length);
  };
  /** A block from a spreadsheet becomes lines; a blank line that it was pasted into makes room for them. */
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!isBlock(text)) return;
    event.preventDefault();
    const found = readPastedLines(text, { currency: form.getValues("currency"), locale, today, targets });
    setPasted(found);
    const kept = form.getValues("charges").filter(({ billedCost, description }) => billedCost || description);
    if (found.lines.length > 0) form.setValue("charges", [...kept, ...found.lines], { shouldDirty: true });
  };
  const press = (event: KeyboardEvent, index: number) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (index === fields.length - 1) add();
    else focusLine(index + 1);
  };
  /** What a line is for says what kind of charge it is; a tax or credit that was chosen stays one. */
  const settle = (index: number, target: string | null) => {
    const { chargeCategory, description } = form.getValues(`charges.${index}`);
    const usual = chargeCategory === "usage" || chargeCategory === "purchase";
    if (usual && target?.startsWith(SUBSCRIPTION))
      form.setValue(`charges.${index}.chargeCategory`, "purchase");
    if (usual && target?.startsWith(ACCOUNT)) form.setValue(`charges.${index}.chargeCategory`, "usage");
    const label = targets.find(({ value }) => value === target)?.label;
    if (description === "" && label) form.setValue(`charges.${index}.description`, label);
  };

  return (
    <section aria-labelledby="lines" onPaste={paste} className="flex flex-col gap-2">
      <h3 id="lines" className="font-bold">
        Lines
      </h3>
      <div aria-hidden className="invoice-line invoice-line-head text-muted text-small">
        <span>For</span>
        <span>Description</span>
        <span>Category</span>
        <span>Period</span>
        <span className="text-right">Seats</span>
        <span className="text-right">Amount</span>
      </div>
      {fields.map(({ id }, index) => (
        <LineFields
          key={id}
          form={form}
          index={index}
          targets={targets}
          members={members}
          onRemove={fields.length > 1 ? () => remove(index) : null}
          onTarget={(target) => settle(index, target)}
          onKeyDown={(event) => press(event, index)}
        />
      ))}
      {pasted && (
        <Banner live tone={pasted.unreadable.length > 0 ? "warning" : "neutral"}>
          {pastedText(pasted)}
        </Banner>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={add}>
            <Plus aria-hidden />
            Add line
          </Button>
          <UsualTax form={form} tax={tax} onAdd={(line) => append(line, { shouldFocus: false })} />
        </div>
        <Balance form={form} />
      </div>
    </section>
  );
}

type UsualTaxProps = Pick<InvoiceLinesProps, "form" | "tax"> & { readonly onAdd: (line: LineValues) => void };

/** Offers the provider's usual tax while no line is a tax. */
function UsualTax({ form, tax, onAdd }: UsualTaxProps) {
  const values = form.watch();
  const line = usualTax(tax, values);
  if (line === null || values.charges.some(({ chargeCategory }) => chargeCategory === "tax")) return null;
  return (
    <Button size="small" onClick={() => onAdd(line)}>
      <Plus aria-hidden />
      Add {line.description.charAt(0).toLowerCase() + line.description.slice(1)}
    </Button>
  );
}

function pastedText({ lines, unreadable }: PastedLines): string {
  const understood = lines.length === 1 ? "1 line was understood." : `${lines.length} lines were understood.`;
  return unreadable.length === 0
    ? understood
    : `${understood} No amount in: ${unreadable.join("; ").slice(0, 300)}.`;
}

/** What the lines come to, and what is left to the stated total. */
function Balance({ form }: Pick<InvoiceLinesProps, "form">) {
  const locale = useLocale();
  const values = form.watch();
  const sum = sumOfLines(values);
  const left = values.total === null ? 0 : values.total.minor - sum.minor;
  const text = moneyText(money(Math.abs(left), sum.currency), locale);
  return (
    <p role="status" className="tabular-nums">
      Lines come to <strong>{moneyText(sum, locale, { withCurrency: true })}</strong>
      {left !== 0 && (
        <span className="text-warning">
          {" "}
          · {text} {left > 0 ? "left to enter" : "more than the total"}
        </span>
      )}
    </p>
  );
}
