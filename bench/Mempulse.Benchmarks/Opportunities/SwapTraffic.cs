using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Mempulse.Benchmarks.Node;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Net.Captures;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Opportunities;

/// <summary>Pending transactions at a steady rate, some of which swap on an exchange. Before them others swap, for which the pools are read and everything runs once; they leave before the rest comes.</summary>
internal sealed class SwapTraffic(UniswapChain chain)
{
    /// <summary>Transactions of a second.</summary>
    public const int TxsPerSecond = 1_000;

    private const int Seconds = 8;
    private const int RehearsedSeconds = 6; // as busy, so that what is measured is compiled
    private const int TxsPerSwap = 20;
    private const int QuietSeconds = 20;
    private const int Rehearsed = 64;
    private const int Unmeasured = 4; // they read the state of the new head
    private const int Warmed = 80; // a head hands on 64
    private const int WarmedAtATime = 4;
    private const int Payers = 499;
    private const long NanosecondsPerTx = 1_000_000_000 / TxsPerSecond;
    private const int Swaps = TxsPerSecond * Seconds / TxsPerSwap;

    private static readonly EcdsaSignature s_placeholder = new(UInt256.One, UInt256.One, 0);

    private readonly QuickSigner[] _rehearsing = [.. Enumerable.Range(0, Rehearsed).Select(static index => SignerOf($"rehearsing trader {index}"))];
    private readonly QuickSigner[] _traders = [.. Enumerable.Range(0, Swaps).Select(static index => SignerOf($"trader {index}"))];
    private readonly QuickSigner[] _idle = [.. Enumerable.Range(0, Payers).Select(static index => SignerOf($"rehearsing payer {index}"))];
    private readonly QuickSigner[] _payers = [.. Enumerable.Range(0, Payers).Select(static index => SignerOf($"payer {index}"))];
    private readonly TransactionDecoder _decoder = new(new BouncyCastleRecovery(), TransactionRules.AnyChain);

    /// <summary>The hashes of the measured swaps.</summary>
    public SortedSet<Hash256> Measured { get; } = [];

    /// <summary>Number of records of the lane: a sighting and a body for each transaction, and sources that come and go.</summary>
    public static ulong Records => (2 * (ulong)(TxsPerSecond * (RehearsedSeconds + Seconds))) + (2 * (ulong)MadeCapture.Header(default).Sources.Count);

    /// <summary>Gives the traders ether, in the next block.</summary>
    public async Task FundAsync()
    {
        await chain.Node.BatchAsync(_rehearsing.Concat(_traders).Select(static trader => ("anvil_setBalance", new JsonNode?[] { trader.Account.ToString(), "0xd3c21bcecceda1000000" })), default).ConfigureAwait(false);
        await chain.Node.CallAsync("evm_mine", default).ConfigureAwait(false);
    }

    /// <summary>Mines other transactions with the nonces of the rehearsed swaps, so that these leave.</summary>
    public async Task EndRehearsalAsync()
    {
        await chain.Node.BatchAsync(_rehearsing.Select(trader => ("eth_sendRawTransaction", new JsonNode?[] { "0x" + Convert.ToHexStringLower(Payment(trader, 0)) })), default).ConfigureAwait(false);
        await chain.Node.CallAsync("evm_mine", default).ConfigureAwait(false);
    }

    /// <summary>Has a node simulate the first swaps before they are seen, so that it knows the accounts of their traders.</summary>
    public async Task WarmAsync(NodeRun node)
    {
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, WarmedAtATime).Select(async _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < Warmed; i = Interlocked.Increment(ref next))
            {
                await node.Grains.Simulator(NodeRun.Chain).Simulate(new SimQuery { Transactions = [new SimTransaction(Swap(_traders[i], i), MayRevert: false)] }).ConfigureAwait(false);
            }
        })).ConfigureAwait(false);
    }

    /// <summary>Writes the capture.</summary>
    public void Write(Stream stream)
    {
        using var writer = new CaptureWriter(stream, MadeCapture.Header(ObservationClock.Now(TimeProvider.System))); // of the same length as the header that replaces it
        for (int i = 0; i < TxsPerSecond * RehearsedSeconds; i++)
        {
            int swap = i / TxsPerSwap;
            Add(writer, i * NanosecondsPerTx, i % TxsPerSwap == 0 && swap < Rehearsed ? Swap(_rehearsing[swap], swap) : Payment(_idle[i % Payers], (ulong)(i / Payers)), isMeasured: false);
        }

        for (int i = 0; i < TxsPerSecond * Seconds; i++)
        {
            long offset = (QuietSeconds * 1_000_000_000L) + (i * NanosecondsPerTx);
            bool isSwap = i % TxsPerSwap == 0;
            Add(writer, offset, isSwap ? Swap(_traders[i / TxsPerSwap], i / TxsPerSwap) : Payment(_payers[i % Payers], (ulong)(i / Payers)), isSwap && i >= Unmeasured * TxsPerSwap);
        }

        writer.Complete();
    }

    private void Add(CaptureWriter writer, long offset, byte[] raw, bool isMeasured)
    {
        var hash = Keccak256.Hash(raw);
        writer.AddSighting(offset, 0, hash, SightingVia.HashSubscription);
        writer.AddBody(offset, 0, hash, raw, SightingVia.Unknown);
        if (isMeasured)
        {
            Measured.Add(hash);
        }
    }

    /// <summary>A swap of a hundredth of an ether more than the one before it, so that each ranks first when it comes.</summary>
    private byte[] Swap(QuickSigner trader, int number) => Sign(trader, 0, chain.Router, UniswapChain.Ether((ulong)(2_000 + (10 * number))), 400_000,
        UniswapChain.Data("swapExactETHForTokens(uint256,address[],address,uint256)", 0UL, 0x80UL, trader.Account, UniswapChain.Deadline, 2UL, chain.Weth, chain.Tokens[0]));

    private byte[] Payment(QuickSigner payer, ulong nonce) => Sign(payer, nonce, payer.Account, default, 21_000, []);

    private byte[] Sign(QuickSigner signer, ulong nonce, in Address to, in UInt256 value, ulong gas, byte[] input)
    {
        var unsigned = new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = NodeRun.Chain,
            Nonce = new Nonce(nonce),
            GasLimit = new Gas(gas),
            Recipient = to,
            Value = new Wei(value),
            MaxFeePerGas = new Wei(100_000_000_000),
            MaxPriorityFeePerGas = new Wei(2_000_000_000),
            Input = input,
            Signature = s_placeholder,
        };
        Invariant.That(_decoder.TryDecode(TransactionEncoder.Encode(unsigned), TxForm.Consensus, out var view, out _), "bench", "a synthetic transaction can be decoded");
        return TransactionEncoder.Encode(unsigned with { Signature = signer.Sign(view.ComputeSigningHash()) });
    }

    private static QuickSigner SignerOf(string name) => new(Keccak256.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"mempulse bench {name}"))).ToArray());
}
