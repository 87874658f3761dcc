// A test peer built on @ethereumjs/devp2p. Usage: node peer.mjs MODULES listen|ENODE-PARTS TRANSACTIONS
// Writes events to stdout as JSON lines; reads the commands "disconnect REASON" and "quit" from stdin, one per line.
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { pathToFileURL } from 'node:url'

const [modules, mode, transactionsFile] = process.argv.slice(2)
const load = (name) => import(pathToFileURL(path.join(modules, name)).href)
const { ETH, RLPx } = await load('@ethereumjs/devp2p/dist/esm/index.js')
const { Common, Hardfork, Mainnet } = await load('@ethereumjs/common/dist/esm/index.js')
const { RLP } = await load('@ethereumjs/rlp/dist/esm/index.js')
const { bytesToHex, hexToBytes, intToBytes, bytesToInt } = await load('@ethereumjs/util/dist/esm/index.js')

const say = (event, fields = {}) => console.log(JSON.stringify({ event, ...fields }))
const key = new Uint8Array(32).fill(7)
const common = new Common({ chain: Mainnet, hardfork: Hardfork.Bpo2 })
const pool = new Map()
for (const line of fs.readFileSync(transactionsFile, 'utf8').split('\n').filter(Boolean)) {
  const [hash, type, raw] = line.split(' ')
  pool.set(hash, { type: Number(type), raw: hexToBytes(raw) })
}

const rlpx = new RLPx(key, { capabilities: [ETH.eth68], common, maxPeers: 4, listenPort: null })
let current = null
let nextRequest = 1
const received = new Map()

rlpx.events.on('error', (error) => say('error', { text: String(error) }))
rlpx.events.on('peer:error', (_, error) => say('peer-error', { text: String(error) }))
rlpx.events.on('peer:removed', (_, reason, byUs) => say('removed', { reason, byUs: byUs === true }))
rlpx.events.on('peer:added', (peer) => {
  current = peer
  const eth = peer.getProtocols()[0]
  say('added', { client: peer.getHelloMessage().clientId, version: eth.getVersion() })
  eth.events.once('status', (status) => {
    say('status', { genesis: bytesToHex(status.genesisHash), fork: bytesToHex(status.forkId[0]) })
    announce(eth)
  })
  eth.events.on('message', (code, payload) => handle(eth, code, payload))
  eth.sendStatus({
    td: hexToBytes('0x0c70d815d562d3cfa955'),
    bestHash: new Uint8Array(32).fill(1),
    genesisHash: hexToBytes('0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3'),
  })
})

function announce(eth) {
  const entries = [...pool]
  for (let at = 0; at < entries.length; at += 1000) {
    const part = entries.slice(at, at + 1000)
    eth.sendMessage(ETH.MESSAGE_CODES?.NEW_POOLED_TRANSACTION_HASHES ?? 0x08, [
      Uint8Array.from(part.map(([, tx]) => tx.type)),
      part.map(([, tx]) => intToBytes(tx.raw.length)),
      part.map(([hash]) => hexToBytes(hash)),
    ])
  }
}

function handle(eth, code, payload) {
  switch (code) {
    case 0x03: return eth.sendMessage(0x04, [payload[0], []])
    case 0x05: return eth.sendMessage(0x06, [payload[0], []])
    case 0x08: {
      say('announced', { count: payload[2].length })
      return eth.sendMessage(0x09, [intToBytes(nextRequest++), payload[2]])
    }
    case 0x09: {
      const found = payload[1].map((hash) => pool.get(bytesToHex(hash))).filter(Boolean)
      return eth.sendMessage(0x0a, [payload[0], found.map((tx) => (tx.raw[0] >= 0xc0 ? RLP.decode(tx.raw) : tx.raw))])
    }
    case 0x0a: {
      for (const body of payload[1]) {
        const raw = body instanceof Uint8Array ? body : RLP.encode(body)
        received.set(bytesToHex(raw), true)
      }
      return say('delivered', { count: payload[1].length, total: received.size, request: bytesToInt(payload[0]) })
    }
    default: return say('message', { code })
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'quit') process.exit(0)
  if (line.startsWith('disconnect ')) current?.disconnect(Number(line.split(' ')[1]))
}).on('close', () => process.exit(0))

if (mode === 'listen') {
  rlpx.listen(0, '127.0.0.1', () => say('listening', { id: bytesToHex(rlpx.id).slice(2), port: rlpx._server.address().port }))
} else {
  const [id, port] = mode.split('@')
  rlpx.connect({ id: hexToBytes('0x' + id), address: '127.0.0.1', tcpPort: Number(port) }).catch((error) => say('error', { text: String(error) }))
}
