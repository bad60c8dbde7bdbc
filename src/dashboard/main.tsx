import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./api/queryClient.ts";
import { steadyNowMs } from "./api/steadyClock.ts";
import { startWatchdog } from "./api/watchdog.ts";
import { App } from "./app.tsx";
import { followTheme } from "./theme/themeChoice.ts";
import "./theme/index.css";

const client = createQueryClient();
startWatchdog(client, steadyNowMs);
followTheme();

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
}
