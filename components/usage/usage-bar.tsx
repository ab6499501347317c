import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import type { Measure } from "@/components/usage/measures";
import { GROUP_NAMES } from "@/components/usage/usage-words";
import { USAGE_GROUPS, type UsageGroup } from "@/lib/usage/schema";

type UsageBarProps = {
  readonly groupBy: UsageGroup;
  readonly onGroup: (groupBy: UsageGroup) => void;
  readonly measures: readonly Measure[];
  readonly measure: Measure | undefined;
  readonly onMeasure: (id: string) => void;
};

const GROUPS = USAGE_GROUPS.map((value) => ({ value, label: GROUP_NAMES[value] }));

/** What usage is grouped by, and what its trends measure. */
export function UsageBar({ groupBy, onGroup, measures, measure, onMeasure }: UsageBarProps) {
  return (
    <>
      <SegmentedControl
        label="Usage by"
        options={GROUPS}
        value={groupBy}
        onChange={onGroup}
        className="max-sm:hidden"
      />
      <div className="grow sm:hidden">
        <Select
          aria-label="Usage by"
          options={GROUPS}
          value={groupBy}
          onChange={({ target }) => onGroup(groupOf(target.value))}
        />
      </div>
      {measure && measures.length > 1 && (
        <div className="grow sm:w-52 sm:grow-0">
          <Select
            aria-label="Measure of the trends"
            options={measures.map(({ id, name }) => ({ value: id, label: name }))}
            value={measure.id}
            onChange={({ target }) => onMeasure(target.value)}
          />
        </div>
      )}
    </>
  );
}

/** The grouping of an address; by model when it names none. */
export const groupOf = (text: string | null): UsageGroup =>
  USAGE_GROUPS.find((group) => group === text) ?? "model";
