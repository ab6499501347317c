import { Badge } from "@/components/ui/badge";
import { COST_KIND_NAMES, costText, countText, setbackOf, tokensText } from "@/components/usage/usage-words";
import type { Import } from "@/lib/imports/schema";

const IDENTITIES_SHOWN = 8;
const ERRORS_SHOWN = 100;

/** What a file would change, and the rows that cannot be taken. */
export function ImportDetails({ file }: { readonly file: Import }) {
  const { preview, errors, errorCount } = file;
  const setback = setbackOf(file);
  return (
    <div className="flex flex-col gap-2">
      {preview && (
        <>
          <p>
            {countText(preview.newRows)} new, {countText(preview.changedRows)} changed,{" "}
            {countText(preview.unchangedRows)} unchanged
            {preview.tokens > 0 && `, ${tokensText(preview.tokens)} tokens`}
            {preview.costs.map(({ costKind, currency, cost }) => (
              <span key={`${costKind} ${currency}`}>
                , {costText(cost)} {currency} {COST_KIND_NAMES[costKind].toLowerCase()}
              </span>
            ))}
          </p>
          {preview.sameFileAs && (
            <p className="text-muted">The same file is in the books already. Importing it changes nothing.</p>
          )}
          {preview.unpricedModels.length > 0 && (
            <p className="text-warning">Price unknown: {preview.unpricedModels.join(", ")}</p>
          )}
          <Names preview={preview} />
        </>
      )}
      {setback && <p className="text-danger">{setback}</p>}
      {errorCount > 0 && !setback && <WrongRows errors={errors} count={errorCount} />}
    </div>
  );
}

function Names({ preview }: { readonly preview: NonNullable<Import["preview"]> }) {
  const shown = preview.identities.slice(0, IDENTITIES_SHOWN);
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5" aria-label="Names in the file">
      {shown.map(({ id, name, parent, matched, cost, currency }) => (
        <li key={id} className="max-w-full *:max-w-full *:flex-wrap *:whitespace-normal">
          <Badge tone={matched ? "neutral" : "warning"}>
            <bdi>{parent ? `${parent} / ${name}` : name}</bdi> {costText(cost)} {currency}
            {!matched && ", not known yet"}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

type WrongRowsProps = { readonly errors: Import["errors"]; readonly count: number };

function WrongRows({ errors, count }: WrongRowsProps) {
  return (
    <details>
      <summary className="text-danger">
        {countText(count)} {count === 1 ? "row" : "rows"} cannot be taken
      </summary>
      <ul className="max-h-48 overflow-auto py-1 text-small">
        {errors.slice(0, ERRORS_SHOWN).map(({ line, column, message }) => (
          <li key={`${line} ${column}`}>
            Line {line}
            {column && `, ${column}`}: {message}
          </li>
        ))}
      </ul>
    </details>
  );
}
