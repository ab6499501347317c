"use client";

import Link from "next/link";

import { classNames } from "@/components/ui/class-names";
import { useLocale } from "@/components/ui/reader";
import { EstimatedMark, ForecastMark, MissingMark } from "@/components/ui/state-mark";
import type { Money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";

export type AmountTone = "plain" | "muted" | "over" | "warning";

type AmountState = "billed" | "estimated" | "forecast";

const TITLES: Readonly<Record<AmountState, string | undefined>> = {
  billed: undefined,
  estimated: "Estimated: no invoice covers all of it yet",
  forecast: "Forecast: what is there already and what is still expected",
};

type AmountProps = {
  readonly value: Money;
  /** `estimated` and `forecast` carry a mark and the word; `billed` is the plain case. */
  readonly state?: AmountState;
  /** Adds the currency's code. Leave it out in a table that says its currency once. */
  readonly withCurrency?: boolean;
  /** Shows a plus before a positive amount, for differences. */
  readonly withSign?: boolean;
  readonly tone?: AmountTone;
  readonly className?: string;
};

const TONES: Readonly<Record<AmountTone, string>> = {
  plain: "",
  muted: "text-muted",
  over: "text-danger",
  warning: "text-warning",
};

/** An exact amount: tabular figures, a true minus, its minor units in the markup. */
export function Amount({
  value,
  state = "billed",
  withCurrency,
  withSign,
  tone = "plain",
  className,
}: AmountProps) {
  const locale = useLocale();
  const text = moneyText(value, locale, { withCurrency: withCurrency ?? false, withSign: withSign ?? false });

  return (
    <span
      className={classNames("whitespace-nowrap tabular-nums", TONES[tone], className)}
      title={TITLES[state]}
    >
      {state !== "billed" && (
        <>
          {state === "estimated" ? <EstimatedMark /> : <ForecastMark />}{" "}
          <span className="sr-only">{state} </span>
        </>
      )}
      <data value={value.minor} data-currency={value.currency}>
        {text}
      </data>
    </span>
  );
}

type AmountActionProps = AmountProps & {
  /** What opens, for screen readers, after the amount: "entries of Claude Team in October 2026". */
  readonly describes: string;
} & (
    | { readonly href: string; readonly onClick?: never }
    | { readonly onClick: () => void; readonly href?: never }
  );

/** An amount that opens what it is made of. With `href` the sheet it opens is in the address. */
export function AmountAction({ describes, href, onClick, ...amount }: AmountActionProps) {
  const style =
    "-mx-1 inline-block cursor-pointer rounded-sm px-1 py-0.5 underline decoration-transparent decoration-dotted underline-offset-4 hover:bg-sunken hover:decoration-current";
  const content = (
    <>
      <Amount {...amount} />
      <span className="sr-only">, {describes}</span>
    </>
  );
  if (href !== undefined) {
    return (
      <Link href={href} scroll={false} prefetch={false} className={style}>
        {content}
      </Link>
    );
  }
  return (
    <button type="button" onClick={onClick} className={style}>
      {content}
    </button>
  );
}

type MissingAmountProps = {
  /** What is missing, in words: "no invoice for October 2026". */
  readonly reason: string;
  /** Where it can be entered. */
  readonly href?: string;
};

/** No figure where one belongs: never 0, and says what to do. */
export function MissingAmount({ reason, href }: MissingAmountProps) {
  const style = "whitespace-nowrap text-warning";
  if (href === undefined) {
    return (
      <span className={style} title={reason}>
        <MissingMark /> missing<span className="sr-only">: {reason}</span>
      </span>
    );
  }
  return (
    <Link href={href} title={reason} className={classNames(style, "rounded-sm")}>
      <MissingMark /> <span className="underline decoration-dotted underline-offset-4">missing</span>
      <span className="sr-only">: {reason}</span>
    </Link>
  );
}

/** There can be no figure here. */
export function NotApplicable() {
  return (
    <span className="text-muted">
      <span aria-hidden="true">·</span>
      <span className="sr-only">not applicable</span>
    </span>
  );
}

/** What the marks in a table mean, in words, under the table. */
export function AmountLegend({
  missing = false,
  forecast = false,
}: {
  readonly missing?: boolean;
  readonly forecast?: boolean;
}) {
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-small">
      <span className="inline-flex items-center gap-1.5">
        <EstimatedMark /> estimated, no invoice covers all of it yet
      </span>
      {forecast && (
        <span className="inline-flex items-center gap-1.5">
          <ForecastMark /> forecast, what is there and what is expected
        </span>
      )}
      {missing && (
        <span className="inline-flex items-center gap-1.5">
          <MissingMark /> missing, an invoice is expected
        </span>
      )}
    </p>
  );
}
