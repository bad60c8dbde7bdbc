/** The part of our own API that is about who looks: apart from the rest, because a page's first view does without it. */
import * as z from "zod/mini";

/** `/api/viewer`: as whom one is let in. */
export const viewerSchema = z.object({
  /** `open` where nobody is asked, `session` after a sign-in, `pass` on a display. */
  kind: z.enum(["open", "header", "password", "session", "pass"]),
  /** The user's name, or the display's; null where nobody is asked. */
  name: z.nullable(z.string()),
});

const typed = z.string().check(z.maxLength(1000));

/** What is sent to `/api/sign-in`. */
export const signInSchema = z.object({ user: typed, password: typed });

export type ViewerAnswer = z.output<typeof viewerSchema>;
