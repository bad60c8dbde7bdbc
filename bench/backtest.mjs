/** Prints the backtest of the forecast: `npm run backtest`. */
import { runnerImport } from "vite";

const { module } = await runnerImport("./bench/backtest.ts");
const { table, reached } = module.runBacktest();
process.stdout.write(`${table}\n`);
process.exitCode = reached ? 0 : 1;
