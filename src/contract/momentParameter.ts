import * as z from "zod/mini";

/** A moment in a query: ISO 8601 with its offset, as a person would write it into an address. */
export const momentParameter = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => Date.parse(text)),
);
