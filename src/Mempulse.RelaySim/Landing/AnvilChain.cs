using System.Text.Json;
using Mempulse.Builder.Bundles;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Transports;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.RelaySim.Bundles;

namespace Mempulse.RelaySim.Landing;

/// <summary>An anvil that mines only on request, with transactions in the order of their arrival: <c>anvil --no-mining --order fifo</c>.</summary>
/// <remarks>A block that is tried is mined and taken back, with what waits in public put aside: the pool would order it before the bundles. Used by one auction at a time.</remarks>
internal sealed class AnvilChain : IAsyncDisposable
{
    private const string Latest = "latest";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RpcClient _node;
    private readonly TimeProvider _time;

    public AnvilChain(Uri url, TimeProvider time)
    {
        _time = time;
        // No repetition: a second evm_mine is a second block.
        _node = new RpcClient(url, new RpcConnectionOptions { CallRetries = 0, CallTimeout = Patience }, time, new RpcMeter(UnhostedMeters.Shared, default, "relay-sim"));
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    /// <summary>The chain as it is.</summary>
    public async Task<SimulatorHead> HeadAsync(CancellationToken cancellationToken)
    {
        using var latest = await CallAsync(new RpcCall("eth_getBlockByNumber", Latest, false), cancellationToken).ConfigureAwait(false);
        using var pending = await CallAsync(new RpcCall("eth_getBlockByNumber", "pending", false), cancellationToken).ConfigureAwait(false);
        return new SimulatorHead(
            new BlockNumber(Number(latest[0].Result, "number")), (ulong)_time.GetUtcNow().ToUnixTimeSeconds(), new Wei(Wide(pending[0].Result, "baseFeePerGas")));
    }

    /// <summary>Executes bundles one after the other in the next block, and takes it back.</summary>
    /// <returns>What the fee recipient gains in all; null if one of them is not in the block as its terms require.</returns>
    public async Task<Wei?> TryAsync(IReadOnlyList<RelayBundle> bundles, CancellationToken cancellationToken)
    {
        var waiting = await WaitingAsync(cancellationToken).ConfigureAwait(false);
        using var snapshot = await CallAsync(new RpcCall("evm_snapshot"), cancellationToken).ConfigureAwait(false);
        try
        {
            await RunAsync(new RpcCall("anvil_dropAllTransactions"), cancellationToken).ConfigureAwait(false);
            bool isSent = await SendAsync(bundles.SelectMany(bundle => bundle.Transactions).Select(transaction => transaction.Raw), cancellationToken).ConfigureAwait(false);
            return isSent || bundles.Any(bundle => bundle.Dropping.Count > 0) ? await GainAsync(bundles, cancellationToken).ConfigureAwait(false) : null;
        }
        finally
        {
            await RunAsync(new RpcCall("anvil_dropAllTransactions"), CancellationToken.None).ConfigureAwait(false);
            await RunAsync(new RpcCall("evm_revert", snapshot[0].Result.GetString()!), CancellationToken.None).ConfigureAwait(false);
            await SendAsync(waiting, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the next block of bundles, then of what waits in public.</summary>
    public async Task<BuiltBlock> BuildAsync(IReadOnlyList<RelayBundle> bundles, CancellationToken cancellationToken)
    {
        var waiting = await WaitingAsync(cancellationToken).ConfigureAwait(false);
        await RunAsync(new RpcCall("anvil_dropAllTransactions"), cancellationToken).ConfigureAwait(false);
        await SendAsync(bundles.SelectMany(bundle => bundle.Transactions).Select(transaction => transaction.Raw), cancellationToken).ConfigureAwait(false);
        await SendAsync(waiting, cancellationToken).ConfigureAwait(false); // one that a bundle brought along is refused
        await RunAsync(new RpcCall("evm_mine"), cancellationToken).ConfigureAwait(false);
        using var block = await CallAsync(new RpcCall("eth_getBlockByNumber", Latest, false), cancellationToken).ConfigureAwait(false);
        var json = block[0].Result;
        var hashes = HashesOf(json);
        return new BuiltBlock([.. bundles.Select(bundle => bundle.Transactions.Select(transaction => hashes.IndexOf(transaction.Hash)).FirstOrDefault(index => index >= 0, -1))])
        {
            Hash = Hash256.Parse(json.GetProperty("hash"u8).GetString()!),
            ParentHash = Hash256.Parse(json.GetProperty("parentHash"u8).GetString()!),
            FeeRecipient = Address.Parse(json.GetProperty("miner"u8).GetString()!),
            GasLimit = new Gas(Number(json, "gasLimit")),
            GasUsed = new Gas(Number(json, "gasUsed")),
            TransactionCount = hashes.Count,
        };
    }

    /// <summary>Mines, and reads what the fee recipient gained; null if the block is not what the bundles ask for.</summary>
    private async Task<Wei?> GainAsync(IReadOnlyList<RelayBundle> bundles, CancellationToken cancellationToken)
    {
        using var coinbase = await CallAsync(new RpcCall("eth_coinbase"), cancellationToken).ConfigureAwait(false);
        string recipient = coinbase[0].Result.GetString()!;
        var before = await BalanceAsync(recipient, cancellationToken).ConfigureAwait(false);
        await RunAsync(new RpcCall("evm_mine"), cancellationToken).ConfigureAwait(false);
        using var block = await CallAsync(new RpcCall("eth_getBlockByNumber", Latest, false), cancellationToken).ConfigureAwait(false);
        using var receipts = await CallAsync(new RpcCall("eth_getBlockReceipts", Latest), cancellationToken).ConfigureAwait(false);
        var after = await BalanceAsync(recipient, cancellationToken).ConfigureAwait(false);
        bool[] succeeded = [.. receipts[0].Result.EnumerateArray().Select(receipt => Number(receipt, "status") == 1)];
        ulong time = Number(block[0].Result, "timestamp");
        return after > before && BlockTerms.Hold(bundles, HashesOf(block[0].Result), succeeded, time) ? new Wei(after.Value - before.Value) : null;
    }

    private async Task<Wei> BalanceAsync(string account, CancellationToken cancellationToken)
    {
        using var balance = await CallAsync(new RpcCall("eth_getBalance", account, Latest), cancellationToken).ConfigureAwait(false);
        return RpcHex.TryReadQuantity(balance[0].Result, out var wei) ? new Wei(wei) : throw new IOException("anvil answered with a balance that is not a quantity.");
    }

    /// <summary>What waits in public, in an order in which each sender's nonces ascend.</summary>
    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> WaitingAsync(CancellationToken cancellationToken)
    {
        using var content = await CallAsync(new RpcCall("txpool_content"), cancellationToken).ConfigureAwait(false);
        var hashes = new List<(ulong Nonce, string Hash)>();
        foreach (var sender in content[0].Result.GetProperty("pending"u8).EnumerateObject())
        {
            hashes.AddRange(sender.Value.EnumerateObject().Select(entry => (Number(entry.Value, "nonce"), entry.Value.GetProperty("hash"u8).GetString()!)));
        }

        var raws = new List<ReadOnlyMemory<byte>>();
        foreach (var (_, hash) in hashes.OrderBy(entry => entry.Nonce).ThenBy(entry => entry.Hash, StringComparer.Ordinal))
        {
            using var raw = await CallAsync(new RpcCall("eth_getRawTransactionByHash", hash), cancellationToken).ConfigureAwait(false);
            raws.Add(RpcHex.ReadData(raw[0].Result) ?? throw new IOException("anvil answered with a transaction that is not data."));
        }

        return raws;
    }

    /// <summary>Sends transactions; false if one of them was refused.</summary>
    private async Task<bool> SendAsync(IEnumerable<ReadOnlyMemory<byte>> raws, CancellationToken cancellationToken)
    {
        bool areAll = true;
        foreach (var raw in raws)
        {
            using var answers = await AskAsync(new RpcCall("eth_sendRawTransaction", "0x" + Convert.ToHexStringLower(raw.Span)), cancellationToken).ConfigureAwait(false);
            areAll &= !answers[0].IsRefused;
        }

        return areAll;
    }

    private async Task RunAsync(RpcCall call, CancellationToken cancellationToken)
    {
        using var answers = await CallAsync(call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a call that the node must not refuse.</summary>
    private async Task<RpcAnswers> CallAsync(RpcCall call, CancellationToken cancellationToken)
    {
        var answers = await AskAsync(call, cancellationToken).ConfigureAwait(false);
        if (answers[0].IsRefused)
        {
            string reason = answers[0].Refusal.Message;
            answers.Dispose();
            throw new IOException($"anvil refused {call.Method}: {reason}");
        }

        return answers;
    }

    private async Task<RpcAnswers> AskAsync(RpcCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await _node.CallAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcTransportException failure)
        {
            throw new IOException($"anvil did not answer {call.Method}: {failure.Message}", failure);
        }
    }

    private static List<Hash256> HashesOf(JsonElement block) => [.. block.GetProperty("transactions"u8).EnumerateArray().Select(hash => Hash256.Parse(hash.GetString()!))];

    private static ulong Number(JsonElement of, string name) => Wide(of, name).LowUInt64;

    private static UInt256 Wide(JsonElement of, string name) =>
        RpcHex.TryReadQuantity(of.GetProperty(name), out var value) ? value : throw new IOException($"anvil answered with {name} that is not a quantity.");
}
