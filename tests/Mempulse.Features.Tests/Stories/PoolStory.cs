using System.Buffers.Binary;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Scoring;
using Mempulse.Features.Tests.Rules;
using Mempulse.Features.Traits;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Stories;

/// <summary>A story of a chain with a router, a token and a mixer that a small registry knows.</summary>
internal sealed class PoolStory
{
    public static readonly Address Router = Address.Parse("0x00000000000000000000000000000000000000aa");
    public static readonly Address Token = Address.Parse("0x00000000000000000000000000000000000000b1");
    public static readonly Address Ether = Address.Parse("0x00000000000000000000000000000000000000ee");
    public static readonly Address Mixer = Address.Parse("0x00000000000000000000000000000000000000dd");
    public static readonly Address Stranger = Address.Parse("0x00000000000000000000000000000000000000bb");

    private const string Swap = "swap(address tokenIn, address tokenOut, uint256 amountIn, uint256 minimum)";
    private const string TimedSwap = "swapUntil(address tokenIn, address tokenOut, uint256 amountIn, uint256 minimum, uint256 deadline)";
    private const string Approve = "approve(address spender, uint256 amount)";
    private const string Transfer = "transfer(address to, uint256 amount)";

    /// <summary>The contents that the log names.</summary>
    public MadeContents Contents { get; } = new();

    public PoolStory(bool hasRegistry = true, FoldParameters? parameters = null)
    {
        var registry = Contents.Add($$$"""
            {"format": 1, "wrappedEther": {"1": "{{{Ether}}}"},
             "abis": {
               "router": {"protocol": "uniswap-made", "functions": [
                 {"signature": "{{{Swap}}}", "category": "swap", "effects": [
                   {"kind": "swap", "tokenIn": "tokenIn", "tokenOut": "tokenOut", "amountIn": "amountIn", "amountOut": {"minimum": "minimum"}, "counterparty": "@sender"}]},
                 {"signature": "{{{TimedSwap}}}", "category": "swap", "effects": [
                   {"kind": "swap", "tokenIn": "tokenIn", "tokenOut": "tokenOut", "amountIn": "amountIn", "amountOut": {"minimum": "minimum"}, "counterparty": "@sender", "deadline": "deadline"}]}]},
               "token": {"protocol": "erc20", "functions": [
                 {"signature": "{{{Approve}}}", "category": "approval", "effects": [{"kind": "approval", "tokenIn": "@target", "amountIn": "amount", "counterparty": "spender"}]},
                 {"signature": "{{{Transfer}}}", "category": "transfer", "effects": [{"kind": "transfer", "tokenIn": "@target", "amountIn": "amount", "counterparty": "to"}]}]}},
             "contracts": [
               {"address": "{{{Router}}}", "name": "Router", "protocol": "uniswap-made", "kind": "dex", "abis": ["router"]},
               {"address": "{{{Token}}}", "name": "Token", "protocol": "erc20", "kind": "token", "abis": ["token"]},
               {"address": "{{{Mixer}}}", "name": "Mixer", "protocol": "mixer", "kind": "mixer"}]}
            """);
        Composition = FoldComposition.Default.Reading(Contents);
        Story = new Scenario(parameters, Composition);
        if (hasRegistry)
        {
            Story.Fact(new LogEvent.RulesLoaded(RuleSet.Registry, registry, 1, "made.json"));
        }
    }

    public FoldComposition Composition { get; }

    public Scenario Story { get; }

    public FoldViews Views => FoldViews.Of(Story.Engine);

    public TxTraits TraitsOf(string name) => Views.Traits.TryGet(Named.Tx(name), out var traits) ? traits : throw new InvalidOperationException($"No traits of {name} are held.");

    public TxFeatures FeaturesOf(string name) => new MempoolExtractor().Extract(TraitsOf(name), Views);

    /// <summary>A pending call of a contract.</summary>
    public PoolStory Calls(string name, in Address target, byte[] data, Func<ScenarioTx, ScenarioTx>? with = null)
    {
        var tx = new ScenarioTx(name, $"sender-{name}", 0) { Call = (target, data) };
        Story.Decoded(with is null ? tx : with(tx));
        return this;
    }

    /// <summary>A pending swap on the router.</summary>
    public PoolStory Swaps(string name, UInt256 amountIn, UInt256 minimum, bool isSale = false, UInt256? deadline = null) =>
        Calls(name, Router, SwapCall(amountIn, minimum, isSale, deadline));

    public static byte[] SwapCall(UInt256 amountIn, UInt256 minimum, bool isSale = false, UInt256? deadline = null)
    {
        var (given, received) = isSale ? (Token, Ether) : (Ether, Token);
        return deadline is { } until ? Call(TimedSwap, Word(given), Word(received), amountIn, minimum, until) : Call(Swap, Word(given), Word(received), amountIn, minimum);
    }

    public static byte[] ApproveCall(UInt256 amount) => Call(Approve, Word(Stranger), amount);

    public static byte[] TransferCall(UInt256 amount) => Call(Transfer, Word(Stranger), amount);

    /// <summary>A replay of the log, and one from a checkpoint at every position, end in the same state.</summary>
    public void AssertReplays()
    {
        var straight = Composition.Create(Scenario.Chain);
        for (ulong seq = 1; seq <= Story.Log.Last.Value; seq++)
        {
            straight.Apply(Story.Log.At(new GlobalSeq(seq)));
            var saved = new ByteBuffer();
            straight.SaveCheckpoint(saved);
            var restored = Composition.Restore(Scenario.Chain, saved.WrittenSpan);
            restored.AssertInvariants();
            restored.Apply(Story.Log.ScanAfter(restored.Applied));
            AssertSame(restored);
        }

        AssertSame(straight);
    }

    private void AssertSame(ReplayEngine engine)
    {
        Assert.Equal((Story.Engine.Digest(), 0UL), (engine.Digest(), engine.DivergenceCount));
        engine.AssertInvariants();
        Assert.Equal(Ranked(FoldViews.Of(Story.Engine)), Ranked(FoldViews.Of(engine)));
    }

    private static RankedTx[] Ranked(FoldViews views)
    {
        var ranking = new Ranking(100);
        views.Traits.VisitWaiting((in tx) => RankProfile.Default.Rank(tx, views, ranking));
        return ranking.Rows.ToArray();
    }

    private static UInt256 Word(in Address address)
    {
        Span<byte> word = stackalloc byte[UInt256.Size];
        address.CopyTo(word[12..]);
        return UInt256.FromBigEndian(word);
    }

    private static byte[] Call(string signature, params ReadOnlySpan<UInt256> words)
    {
        byte[] data = new byte[4 + (UInt256.Size * words.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(data, AbiFunction.Parse(signature).Selector);
        for (int i = 0; i < words.Length; i++)
        {
            words[i].WriteBigEndian(data.AsSpan(4 + (UInt256.Size * i), UInt256.Size));
        }

        return data;
    }
}
