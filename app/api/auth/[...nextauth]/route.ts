import NextAuth from "next-auth";

import { authOptions } from "@/lib/auth/options";
import { fromOwnOrigin } from "@/lib/http/origin";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

const handler = fromOwnOrigin(
  (request, context: RouteContext): Promise<Response> => NextAuth(authOptions())(request, context),
);

export { handler as GET, handler as POST };
