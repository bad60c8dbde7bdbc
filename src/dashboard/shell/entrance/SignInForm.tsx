import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { signIn } from "../../api/signIn.ts";

const fieldClass =
  "w-full rounded-md border border-control bg-page px-3 py-2 text-base text-text aria-invalid:border-act";

/** Asks for a user and a password. What was wrong is said, and read aloud, above the button. */
export function SignInForm(): ReactNode {
  const client = useQueryClient();
  const [problem, setProblem] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const id = useId();

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setIsBusy(true);
    setProblem("");
    try {
      await signIn(client, textOf(fields, "user"), textOf(fields, "password"));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      password.current?.select();
    } finally {
      setIsBusy(false);
    }
  };

  const invalid =
    problem === "" ? {} : { "aria-invalid": true, "aria-describedby": `${id}-problem` };
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <label className="flex flex-col gap-1.5 text-sm font-medium">
        User
        <input
          name="user"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          className={fieldClass}
          {...invalid}
        />
      </label>
      <label className="flex flex-col gap-1.5 text-sm font-medium">
        Password
        <input
          ref={password}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          className={fieldClass}
          {...invalid}
        />
      </label>
      <p id={`${id}-problem`} role="alert" className="text-sm font-medium text-act empty:hidden">
        {problem}
      </p>
      <button
        type="submit"
        disabled={isBusy}
        className="rounded-md bg-now px-4 py-2.5 text-base font-semibold text-now-text disabled:opacity-70"
      >
        {isBusy ? "Signing in …" : "Sign in"}
      </button>
    </form>
  );
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === "string" ? value : "";
}
