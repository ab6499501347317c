"use client";

import type { BudgetView } from "@/components/budget/budget-address";
import { GROUPING_NAMES } from "@/components/budget/budget-groups";
import { useAddressParam } from "@/components/shell/use-address";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import type { BudgetGrouping } from "@/lib/budget/schema";
import { BUDGET_PERIOD_NAMES, BUDGET_PERIODS } from "@/lib/domain/budget-period";

type ViewControlsProps = {
  readonly view: BudgetView;
  /** What the rows may be: no teams while there is one, and so on. */
  readonly groupings: readonly BudgetGrouping[];
};

/** How the budget is shown: on which basis, of which months, by what; all of it in the address. */
export function ViewControls({ view, groupings }: ViewControlsProps) {
  const [, setBasis] = useAddressParam("basis");
  const [, setPeriod] = useAddressParam("period");
  const [, setBy] = useAddressParam("by");
  const [first, second] = view.groupings;
  const options = (prefix: string, but?: BudgetGrouping) =>
    groupings
      .filter((value) => value !== but)
      .map((value) => ({ value, label: `${prefix} ${GROUPING_NAMES[value].toLowerCase()}` }));
  const group = (...by: readonly (string | undefined)[]) =>
    setBy(by.filter((one) => one !== undefined && one !== "").join(","));

  return (
    <>
      <SegmentedControl
        label="Basis"
        value={view.basis}
        onChange={(next) => setBasis(next === "effective" ? null : next)}
        options={[
          { value: "effective", label: "Effective" },
          { value: "billed", label: "Billed" },
        ]}
      />
      <div className="w-40">
        <Select
          aria-label="Period"
          value={view.period}
          onChange={({ target }) => setPeriod(target.value === "twelve_months" ? null : target.value)}
          options={BUDGET_PERIODS.map((value) => ({ value, label: BUDGET_PERIOD_NAMES[value] }))}
        />
      </div>
      {groupings.length > 1 && (
        <>
          <div className="w-40">
            <Select
              aria-label="Rows by"
              value={first}
              onChange={({ target }) => group(target.value, second === target.value ? undefined : second)}
              options={options("By")}
            />
          </div>
          <div className="w-40">
            <Select
              aria-label="And by"
              value={second ?? ""}
              onChange={({ target }) => group(first, target.value)}
              options={[{ value: "", label: "and no further" }, ...options("and", first)]}
            />
          </div>
        </>
      )}
    </>
  );
}
