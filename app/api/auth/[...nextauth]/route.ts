import { answerProvider } from "@/lib/auth/options";
import { log } from "@/lib/http/log";
import { fromOwnOrigin } from "@/lib/http/origin";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

const handler = fromOwnOrigin(
  (request, context: RouteContext): Promise<Response> =>
    answerProvider(request, context, (code, details) =>
      log.warn({ code, ...details }, "single sign-on refused"),
    ),
);

export { handler as GET, handler as POST };
