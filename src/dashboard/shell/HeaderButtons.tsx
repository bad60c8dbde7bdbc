import type { ReactNode } from "react";
import { Link } from "wouter";
import { controlClass } from "./Controls.tsx";
import { CueButtons } from "./cues/CueButtons.tsx";
import { SignOut } from "./entrance/SignOut.tsx";
import { ThemeButton } from "./ThemeButton.tsx";

/** What a person may change of this page; it comes after what the page says. */
export default function HeaderButtons(): ReactNode {
  return (
    <>
      <SignOut />
      <CueButtons />
      <ThemeButton />
      <Link href="/runs" className={`${controlClass} max-sm:hidden`}>
        Upgrades
      </Link>
    </>
  );
}
