/** 64 bits as two halves of 32. */
export type RowKey = { readonly high: number; readonly low: number };

/**
 * A hash of the dimensions of a row, by which a later file finds it again. It tells rows of one identity and day
 * apart, of which there are few: two of a thousand collide once in 10^13 days.
 */
export function rowKey(text: string): RowKey {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return { high: high >>> 0, low: low >>> 0 };
}
