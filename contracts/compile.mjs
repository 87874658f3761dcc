// Compiles MempulseExecutor.sol and writes MempulseExecutor.json beside it: ABI, bytecode, and how it was made.
// Usage: node contracts/compile.mjs [--check]. With --check nothing is written, and the exit code is 1 if the artifact differs.
// solc is taken from .tools, where eng/install-test-tools.sh puts it.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tools = process.env.MEMPULSE_TOOLS ?? join(here, "..", ".tools");
const solc = createRequire(join(tools, "package.json"))("solc");
const file = "MempulseExecutor.sol";
const settings = {
  optimizer: { enabled: true, runs: 1000000 },
  evmVersion: "cancun",
  metadata: { bytecodeHash: "none", appendCBOR: false },
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object", "evm.deployedBytecode.immutableReferences", "storageLayout"] } },
};
const input = { language: "Solidity", sources: { [file]: { content: readFileSync(join(here, file), "utf8") } }, settings };
const output = JSON.parse(solc.compile(JSON.stringify(input)));
const errors = (output.errors ?? []).filter((error) => error.severity === "error" || error.severity === "warning");
if (errors.length > 0) {
  errors.forEach((error) => console.error(error.formattedMessage));
  process.exit(2);
}

const contract = output.contracts[file].MempulseExecutor;
const artifact = JSON.stringify({
  contract: "MempulseExecutor",
  compiler: `solc ${solc.version()}`,
  settings: { optimizer: settings.optimizer, evmVersion: settings.evmVersion, metadata: settings.metadata },
  abi: contract.abi,
  bytecode: "0x" + contract.evm.bytecode.object,
}, null, 2) + "\n";
const target = join(here, "MempulseExecutor.json");
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== artifact) {
    console.error("MempulseExecutor.json is not what MempulseExecutor.sol compiles to. Run: node contracts/compile.mjs");
    process.exit(1);
  }
} else {
  writeFileSync(target, artifact);
}
