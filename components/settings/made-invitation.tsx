import { CopyField } from "@/components/ui/copy-field";
import type { NewInvitation } from "@/lib/invitations/schema";

/** What is left to do with an invitation: nothing when it goes out by mail, else to hand its link on. */
export function MadeInvitation({ made }: { readonly made: NewInvitation }) {
  if (made.link === null) {
    return (
      <p role="status" className="break-words">
        The link for {made.name} goes to {made.email}. It works once, and for seven days.
      </p>
    );
  }
  return (
    <CopyField
      label={`Link for ${made.name}`}
      value={made.link}
      hint="It is shown only now, works once, and for seven days. Send it to that person alone."
    />
  );
}
