import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { RunDetail } from "../../../contract/runs.ts";
import { fileText, filePath, recordHashQuery } from "../../api/runs/evidence.ts";
import { controlClass } from "../../shell/Controls.tsx";
import { Panel } from "../../ui/Panel.tsx";

type FilesProperties = { readonly run: RunDetail };

const forms = [
  ["md", "Markdown"],
  ["csv", "CSV"],
  ["json", "JSON"],
] as const;

/** Takes an upgrade away: as a file of each kind, or as Markdown in the clipboard. */
export function FileTools({ run }: FilesProperties): ReactNode {
  const { cluster, id } = run;
  const [outcome, setOutcome] = useState("");
  const copy = (): void => {
    setOutcome("");
    copyMarkdown(cluster, id).then(
      () => setOutcome("Copied"),
      () => setOutcome("Not copied: use the file"),
    );
  };
  return (
    <>
      <span role="status" className="self-center text-xs text-muted empty:hidden">
        {outcome}
      </span>
      <button type="button" className={controlClass} onClick={copy}>
        Copy Markdown
      </button>
      {forms.map(([form, name]) => (
        <a key={form} href={filePath(cluster, id, form)} download className={controlClass}>
          {name}
        </a>
      ))}
    </>
  );
}

/** The text is promised to the clipboard within the click: some browsers take it no later. */
async function copyMarkdown(cluster: string, run: string): Promise<void> {
  const text = fileText(cluster, run, "md");
  const blob = text.then((markdown) => new Blob([markdown], { type: "text/plain" }));
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

/** By which a file of this upgrade can be checked. */
export function RecordPanel({ run }: FilesProperties): ReactNode {
  return (
    <Panel title="Record">
      {run.inFlight ? (
        <p className="text-[13px] leading-5 text-muted">
          It goes on: its record, and the SHA-256 over that, are complete once it has ended.
        </p>
      ) : (
        <RecordHash run={run} />
      )}
    </Panel>
  );
}

function RecordHash({ run }: FilesProperties): ReactNode {
  const { data, error } = useQuery(recordHashQuery(run.cluster, run.id, run.revision));
  return (
    <div className="grid gap-1.5 text-[13px] leading-5">
      <p className="text-muted">SHA-256 of the record, the second line of the JSON file:</p>
      <p className="font-mono text-xs break-all">
        {data ?? (error === null ? "Asking for it …" : `It can't be told: ${error.message}`)}
      </p>
    </div>
  );
}
