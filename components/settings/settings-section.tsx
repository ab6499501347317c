import { type ReactNode, useId } from "react";

type SettingsSectionProps = {
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** One subject of the settings. */
export function SettingsSection({ title, note, actions, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="pb-8">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2 pb-3">
        <div className="min-w-0">
          <h2 id={id} className="font-bold">
            {title}
          </h2>
          {note !== undefined && <p className="max-w-prose text-muted">{note}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
