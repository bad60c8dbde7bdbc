import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./api/queryClient.ts";
import { steadyNowMs } from "./api/steadyClock.ts";
import { startWatchdog } from "./api/watchdog.ts";
import { App, loadFirstPart } from "./app.tsx";
import { followTheme } from "./theme/themeChoice.ts";
import "./theme/index.css";

const client = createQueryClient();
startWatchdog(client, steadyNowMs);
followTheme();

function show(): void {
  const root = document.getElementById("root");
  if (root !== null) {
    createRoot(root).render(
      <StrictMode>
        <App client={client} />
      </StrictMode>,
    );
  }
}

// Until the code of this address is there, what index.html shows stays; what can't be had is told by the page itself.
void loadFirstPart().then(show, show);
