import Link from "next/link";
import type { ComponentProps } from "react";

import { type ButtonSize, type ButtonVariant, buttonStyle } from "@/components/ui/button-style";
import { classNames } from "@/components/ui/class-names";

type LinkButtonProps = Omit<ComponentProps<"a">, "href"> & {
  readonly href: string;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
};

/** A link that looks like a button. With `download` it is a plain link: a file is not a page to prefetch. */
export function LinkButton({ href, variant, size, className, download, ...props }: LinkButtonProps) {
  const style = classNames(buttonStyle(variant, size), className);
  if (download !== undefined) return <a {...props} href={href} download={download} className={style} />;
  return <Link {...props} href={href} className={style} />;
}
