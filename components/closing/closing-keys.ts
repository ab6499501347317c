import { MONEY_KEYS } from "@/components/shell/money-keys";

/** What reads differently once a month is closed or opened again. */
export const CLOSING_KEYS = [["periods"], ...MONEY_KEYS] as const;
