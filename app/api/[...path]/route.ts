import { nothingHere } from "@/lib/http/route";

// An address below /api that does not exist is refused in the interface's words, not with a page.
export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
};
