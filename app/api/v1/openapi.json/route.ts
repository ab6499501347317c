import { ROUTES } from "@/app/api/v1/openapi.json/routes";
import { openApiDocument } from "@/lib/http/openapi";

/** Public: what the interface can do is no secret, what it answers is. */
export const GET = (): Response => Response.json(openApiDocument(ROUTES));
