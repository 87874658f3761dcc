using Mempulse.Benchmarks.Evm;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Simulations;

/// <summary>Signed swaps of one trader, all different and all on the same state. Thread-safe.</summary>
internal sealed class SwapBundles(UniswapScene scene, EcdsaSigner trader)
{
    private const int Prepared = 40_000;
    private const ulong LeastGas = 300_000;

    private readonly byte[][] _raw = new byte[Prepared][];
    private int _next = -1;

    /// <summary>Funds the trader and signs the swaps; each has another gas limit, so each is another bundle on the same state.</summary>
    public async Task PrepareAsync(AnvilNode node)
    {
        await node.CallAsync("anvil_setBalance", default, trader.Account.ToString(), "0xde0b6b3a7640000");
        await scene.GiveAsync(trader.Account);
        byte[] input = scene.Swap(trader.Account);
        ulong nonce = Convert.ToUInt64((await node.CallAsync("eth_getTransactionCount", default, trader.Account.ToString(), "latest")).GetString(), 16);
        Parallel.For(0, Prepared, index => _raw[index] = Sign(nonce, LeastGas + (ulong)index, input));
    }

    /// <summary>The next one.</summary>
    public byte[] Next() => _raw[Interlocked.Increment(ref _next) % Prepared];

    private byte[] Sign(ulong nonce, ulong gas, byte[] input) => TransactionEncoder.Encode(TransactionSigner.Sign(
        new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = new Nonce(nonce),
            GasLimit = new Gas(gas),
            Recipient = scene.Router,
            Value = default,
            MaxFeePerGas = new Wei(100_000_000_000),
            MaxPriorityFeePerGas = new Wei(1_000_000_000),
            Input = input,
            Signature = default,
        },
        trader));
}
