import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` has started the proxy; the page's `/api` goes there. */
const proxyUrl = process.env["UPGRADE_WATCH_PROXY_URL"] ?? "http://127.0.0.1:4600";

export default defineConfig(({ isSsrBuild }) => ({
  // One build runs below any path: the server names the base when it serves index.html.
  base: "./",
  plugins: [react(), tailwindcss()],
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
        modulePreload: { polyfill: false },
        target: "es2022",
        sourcemap: false,
        manifest: true,
      },
  ssr: { noExternal: true, external: ["libsql"] },
  test: {
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
          include: ["src/dashboard/**/*.spec.{ts,tsx}"],
          // Without this a stylesheet that a test reads is empty.
          css: { include: [/tokens\.css/] },
        },
      },
    ],
  },
}));
