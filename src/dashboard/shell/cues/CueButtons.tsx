import { type ReactNode, useState } from "react";
import { type StoredChoice, useStoredChoice } from "../../ui/storedChoice.ts";
import { controlClass } from "../Controls.tsx";
import { notifyChoice, soundChoice } from "./choices.ts";
import { askLeave } from "./notify.ts";
import { sound, wakeSound } from "./sound.ts";

/** Whether this screen sounds and shows notifications; both are off until somebody wants them. */
export function CueButtons(): ReactNode {
  const [problem, setProblem] = useState("");
  const startSound = async (): Promise<void> => {
    if (await wakeSound()) {
      sound("look");
    }
  };
  const startNotifications = async (): Promise<void> => {
    if (!(await askLeave())) {
      notifyChoice.set("off");
      setProblem("This browser allows no notifications here; its settings for this site say so.");
    }
  };
  return (
    <>
      <CueButton name="Sound" choice={soundChoice} onStart={() => void startSound()}>
        <path d="M4 9.5v5h3.5L13 19V5L7.5 9.5z" strokeLinejoin="round" />
        <path d="M16.5 9a4.2 4.2 0 0 1 0 6M19 6.5a7.8 7.8 0 0 1 0 11" />
      </CueButton>
      <CueButton
        name="Notifications"
        choice={notifyChoice}
        onStart={() => void startNotifications()}
      >
        <path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15z" strokeLinejoin="round" />
        <path d="M10 21h4" />
      </CueButton>
      <span role="alert" className="text-sm text-look empty:hidden">
        {problem}
      </span>
    </>
  );
}

type CueButtonProperties = {
  readonly name: string;
  readonly choice: StoredChoice<"off" | "on">;
  readonly onStart: () => void;
  readonly children: ReactNode;
};

function CueButton({ name, choice, onStart, children }: CueButtonProperties): ReactNode {
  const isOn = useStoredChoice(choice) === "on";
  return (
    <button
      type="button"
      className={controlClass}
      aria-label={name}
      aria-pressed={isOn}
      title={`${name}: ${isOn ? "on" : "off"}`}
      onClick={() => {
        choice.set(isOn ? "off" : "on");
        if (!isOn) {
          onStart();
        }
      }}
    >
      <svg
        viewBox="0 0 24 24"
        className={`size-4 ${isOn ? "text-text" : ""}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        aria-hidden="true"
      >
        {children}
        {!isOn && <path d="M4 20 20 4" />}
      </svg>
    </button>
  );
}
