import { templatePath } from "@/lib/imports/queries";
import type { TemplateName } from "@/lib/imports/schema";

const TEMPLATES: readonly { readonly name: TemplateName; readonly text: string }[] = [
  { name: "people-and-seats.csv", text: "People and seats" },
  { name: "invoices.csv", text: "Invoices" },
];

/** What no provider exports can be typed into a sheet, and sent in like any other file. */
export function TemplateLinks() {
  return (
    <p className="text-muted text-small">
      To fill in yourself:
      {TEMPLATES.map(({ name, text }, index) => (
        <span key={name}>
          {index === 0 ? " " : ", "}
          <a
            href={templatePath(name)}
            download={name}
            className="rounded-sm text-link underline underline-offset-4"
          >
            {text} (CSV)
          </a>
        </span>
      ))}
    </p>
  );
}
