import { takePolicyReport } from "@/lib/http/policy-reports";

/** Where browsers tell what a page's policy kept from running. */
export const POST = takePolicyReport;
