import { CopyField } from "@/components/ui/copy-field";
import type { SecondFactorSetup } from "@/lib/second-factor/schema";

/** What an authenticator app takes in: by its camera, or typed. */
export function SetupPicture({ setup: { qr, secret } }: { readonly setup: SecondFactorSetup }) {
  return (
    <div className="flex flex-col gap-4">
      <p>
        Scan this with an authenticator app: 1Password, Bitwarden, Google or Microsoft Authenticator, or any
        other.
      </p>
      {/* Cameras want dark on light, whatever the theme. */}
      <svg
        role="img"
        aria-label="QR code of the secret below"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
        className="size-48 self-center rounded-lg border border-line bg-scan-paper"
      >
        <path d={qr.path} className="fill-scan-ink" />
      </svg>
      <div className="flex flex-col gap-1">
        <CopyField
          label="Or type the secret"
          value={secret}
          hint="It is shown only now. Whoever has it makes your codes."
        />
        <p className="break-words font-mono text-muted text-small">{secret.match(/.{1,4}/g)?.join(" ")}</p>
      </div>
    </div>
  );
}
