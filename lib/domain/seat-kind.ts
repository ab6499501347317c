/** What a seat is for. */
export type SeatKind = "chat" | "coding" | `only ${string}`;

/** By the provider's name in the catalogue: what its seats are sold for, by the providers' own plan pages. */
const KINDS: Readonly<Record<string, readonly SeatKind[]>> = {
  Anthropic: ["chat", "coding"],
  OpenAI: ["chat", "coding"],
  Google: ["chat", "coding"],
  Cursor: ["coding"],
  GitHub: ["coding"],
};

/** What the seats of a provider are for; of one that the catalogue does not know they are like nobody else's. */
export const seatKinds = (provider: { readonly id: string; readonly name: string }): readonly SeatKind[] =>
  KINDS[provider.name] ?? [`only ${provider.id}`];
