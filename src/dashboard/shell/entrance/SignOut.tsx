import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { signOut, viewerQuery } from "../../api/signIn.ts";
import { controlClass } from "../Controls.tsx";

/** Ends what began with a user and a password; nothing where nobody signed in that way. */
export function SignOut(): ReactNode {
  const viewer = useQuery(viewerQuery).data?.answer;
  const [problem, setProblem] = useState<string | null>(null);
  if (viewer?.kind !== "session") {
    return null;
  }
  const leave = async (): Promise<void> => {
    try {
      await signOut();
      // Loaded anew, nothing of what was seen stays on the screen.
      location.reload();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button
        type="button"
        className={controlClass}
        title={`Signed in as ${viewer.name ?? ""}`}
        onClick={() => void leave()}
      >
        Sign out
      </button>
      <span role="alert" className="text-sm text-act empty:hidden">
        {problem}
      </span>
    </>
  );
}
