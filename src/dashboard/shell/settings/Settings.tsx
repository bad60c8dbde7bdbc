import type { ReactNode } from "react";
import type { UpgradeSettings } from "../../../upgrade/status.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type SettingRow, settingRows } from "../../../upgrade/words/settings.ts";

type SettingsProperties = {
  readonly settings: UpgradeSettings | null;
  /** Where they do not come from the newest answer: what they are of. */
  readonly remark: string | null;
};

/** The six settings: plain meaning, value, the cluster's own name, and what they lead to. */
export function Settings({ settings, remark }: SettingsProperties): ReactNode {
  return (
    <Panel
      title="Settings"
      aside={
        settings === null ? null : (
          <CopyButton label="Copy JSON" text={JSON.stringify(settings, null, 2)} />
        )
      }
    >
      {remark === null ? null : <p className="mb-2 text-xs text-muted">{remark}</p>}
      <dl className="-my-2.5">
        {settingRows(settings).map((row) => (
          <Row key={row.apiName} row={row} />
        ))}
      </dl>
    </Panel>
  );
}

function Row({ row }: { readonly row: SettingRow }): ReactNode {
  const { apiName, label, value, meaning, awaitsPerson, raw } = row;
  return (
    <div className="border-t border-line py-2.5 first:border-t-0">
      <dt className="flex flex-wrap items-baseline justify-between gap-x-3 text-[13px] text-muted">
        {label} <code className="font-mono text-[11px]">{apiName}</code>
      </dt>
      <dd className="mt-0.5">
        <bdi
          className={`block break-words ${raw ? "font-mono text-[13px]" : "text-[15px] font-semibold"} ${awaitsPerson ? "tone-person text-tone" : ""}`}
        >
          {value}
        </bdi>
        {meaning === null ? null : <span className="block text-xs text-muted">{meaning}</span>}
      </dd>
    </div>
  );
}
