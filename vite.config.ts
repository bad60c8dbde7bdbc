import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { build, type Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` has started the proxy; the page's `/api` goes there. */
const proxyUrl = process.env["UPGRADE_WATCH_PROXY_URL"] ?? "http://127.0.0.1:4600";

/** What every page needs is packed better as one: parts of a kilobyte each cost a tenth more. */
const everyPage = [
  "node_modules/(react|react-dom|scheduler|zod|wouter|regexparam|use-sync-external-store)/",
  "node_modules/@tanstack/(query-core|react-query)/",
  "src/upgrade/(status|verdictFace|verdictNames|version|duration|observation)\\.",
  "src/contract/(api|clusterText)\\.",
  "src/dashboard/(app\\.|theme/themeChoice|api/(?!fleet/|runs/|clusterStatus|history|screenClock|signIn\\.))",
  "src/dashboard/ui/(format|ticker|Ticking|Icon|collections|storedChoice|CardBoundary|ErrorBoundary|useSize)\\.",
  "src/dashboard/shell/(LostBar|pageAnswer|past|zone|useTitle|UncheckedMark|cues/later)\\.",
  "src/dashboard/shell/entrance/SignInGate\\.",
  "src/dashboard/shell/reload/(lazyPart|reasons|tabMemory|RootBoundary|newBuild)\\.",
];

/** The same for what a cluster's first view shares with what the pages of past upgrades draw later. */
const clusterPage = [
  "src/(dashboard/api/history|contract/spans)\\.",
  "src/dashboard/timeline/(liveClock|axis/range)\\.",
  "src/dashboard/ui/Panel\\.",
  "src/upgrade/(absence|span|words/(kind|link))\\.",
];

/** And for what the fleet's page and wall ask. */
const fleetPages = [
  "src/dashboard/api/fleet/",
  "src/dashboard/shell/(fingerprints|order|since|versions)\\.",
];

/** And for what both walls draw. */
const walls = [
  "src/dashboard/wall/(WallFrame|WallNotices|layout|parameters)\\.",
  "src/dashboard/wall/(screen/(beat|drift|Drifting|Heartbeat|Pulse|useWallParameters)|tile/(Rail|fit|rail|tile))\\.",
];

/** And for what comes after a cluster's first view, on those pages too. */
const afterFirstPaint = [
  "src/dashboard/ui/(CopyButton|ScrollBox)\\.",
  "src/dashboard/shell/band(Face|Fill)\\.",
  "src/dashboard/timeline/(axis/(axis|geometry)|words/shortDuration)\\.",
  "src/upgrade/(timeline|progress|runs/errors|words/settings)\\.",
];

/** Packs the script that stands in the wall's page itself, and so can import nothing while it runs. */
const firstPicture: Plugin = {
  name: "first-picture",
  apply: (_, { isSsrBuild }) => isSsrBuild !== true,
  async generateBundle() {
    const input = "src/dashboard/wall/first/firstPicture.ts";
    const output = { format: "iife", entryFileNames: "first-picture.js" } as const;
    const built = await build({
      configFile: false,
      publicDir: false,
      logLevel: "warn",
      build: { write: false, target: "es2022", rollupOptions: { input, output } },
    });
    for (const { output } of [built].flat().filter((each) => "output" in each)) {
      this.emitFile({ type: "asset", fileName: "first-picture.js", source: output[0].code });
    }
  },
};

export default defineConfig(({ isSsrBuild }) => ({
  // One build runs below any path: the server names the base when it serves index.html.
  base: "./",
  plugins: [react(), tailwindcss(), firstPicture],
  publicDir: isSsrBuild ? false : "public",
  server: { host: "127.0.0.1", proxy: { "/api": proxyUrl } },
  build: isSsrBuild
    ? {
        outDir: "dist/server",
        target: "node20",
        minify: false,
        rollupOptions: {
          input: {
            "upgrade-watch": "src/proxy/main.ts",
            "history-worker": "src/proxy/history/worker.ts",
            simulator: "src/simulator/main.ts",
          },
        },
      }
    : {
        outDir: "dist/page",
        // All styles come with index.html: together they are as small as one part of the code.
        cssCodeSplit: false,
        modulePreload: {
          polyfill: false,
          // The server names the parts of an address ahead, so few need lists of what they load: the chart's code is long.
          resolveDependencies: (_, files, { hostId, hostType }) =>
            hostType === "html" || hostId.includes("/ClusterPage-") ? files : [],
        },
        target: "es2022",
        sourcemap: false,
        manifest: true,
        rollupOptions: {
          output: {
            codeSplitting: {
              groups: [
                {
                  name: "shared",
                  test: new RegExp(everyPage.join("|")),
                },
                {
                  name: "cluster",
                  test: new RegExp(clusterPage.join("|")),
                },
                {
                  name: "fleet",
                  test: new RegExp(fleetPages.join("|")),
                },
                {
                  name: "walls",
                  test: new RegExp(walls.join("|")),
                },
                {
                  name: "later",
                  test: new RegExp(afterFirstPaint.join("|")),
                },
              ],
            },
          },
        },
      },
  ssr: { noExternal: true, external: ["libsql"] },
  test: {
    // Every file would load and compile the same modules anew, which took longer than most tests. None changes them.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          environment: "node",
          include: ["src/**/*.spec.ts"],
          exclude: ["src/dashboard/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "page",
          environment: "happy-dom",
          setupFiles: "src/dashboard/testing/freshDocument.ts",
          include: ["src/dashboard/**/*.spec.{ts,tsx}"],
          // Without this a stylesheet that a test reads is empty.
          css: { include: [/tokens\.css/] },
        },
      },
    ],
  },
}));
