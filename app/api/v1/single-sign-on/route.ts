import { ok, publicRoute } from "@/lib/http/route";
import { findDoor } from "@/lib/single-sign-on/arrival";
import { doorInput } from "@/lib/single-sign-on/schema";

export const POST = publicRoute(doorInput, async ({ email }) => ok(await findDoor(email)));
