// Runs one call in @ethereumjs/evm: node ethereumjs.mjs MODULES, with accounts, caller, to, data, gas and rounds as JSON on its input.
// Prints the time of the best round in seconds, the gas and the output as JSON.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const modules = process.argv[2]
const load = (name) => import(pathToFileURL(path.join(modules, name, 'dist/esm/index.js')).href)
const { createEVM } = await load('@ethereumjs/evm')
const { Common, Hardfork, Mainnet } = await load('@ethereumjs/common')
const { SimpleStateManager } = await load('@ethereumjs/statemanager')
const { Account, bytesToHex, createAddressFromString, hexToBytes, setLengthLeft } = await load('@ethereumjs/util')

const order = JSON.parse(fs.readFileSync(0, 'utf8'))
const common = new Common({ chain: Mainnet, hardfork: Hardfork.Prague })
const stateManager = new SimpleStateManager({ common })
for (const [text, account] of Object.entries(order.accounts)) {
  const address = createAddressFromString(text)
  await stateManager.putAccount(address, new Account(BigInt(account.nonce), BigInt(account.balance)))
  await stateManager.putCode(address, hexToBytes(account.code))
  for (const [slot, value] of Object.entries(account.storage)) {
    await stateManager.putStorage(address, hexToBytes(slot), hexToBytes(value))
  }
}

const evm = await createEVM({ common, stateManager })
let best = Infinity
let result
for (let round = 0; round < order.rounds; round++) {
  await stateManager.checkpoint()
  const begun = process.hrtime.bigint()
  result = await evm.runCall({
    caller: createAddressFromString(order.caller), to: createAddressFromString(order.to),
    data: hexToBytes(order.data), gasLimit: BigInt(order.gas),
  })
  best = Math.min(best, Number(process.hrtime.bigint() - begun) / 1e9)
  await stateManager.revert()
  evm.journal.cleanJournal?.()
}

if (result.execResult.exceptionError) throw new Error(result.execResult.exceptionError.error)
console.log(JSON.stringify({ seconds: best, gas: Number(result.execResult.executionGasUsed), output: bytesToHex(result.execResult.returnValue) }))
