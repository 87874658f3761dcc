using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>Facts about one block and its simulations that say as little as they may; a test states what it is about by <c>with</c>.</summary>
internal static class BlankFacts
{
    public static readonly BlockNumber Number = new(7);

    public static LogEvent.BlockObserved Block(Hash256 hash) => new()
    {
        Hash = hash,
        Number = Number,
        ParentHash = default,
        TimestampSeconds = 0,
        BaseFeePerGas = default,
        GasUsed = default,
        GasLimit = default,
        FeeRecipient = default,
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [],
        AuthorityNonces = [],
    };

    /// <summary>A verified simulation on the block that changed nothing.</summary>
    public static LogEvent.SimCompleted Sim(Hash256 sim, Hash256 block) => new()
    {
        Sim = sim,
        Base = block,
        BaseNumber = Number,
        Category = FailureCategory.None,
        Detail = string.Empty,
        GasUsed = default,
        CoinbasePayment = WeiDelta.Gain(default),
        Account = default,
        Profit = WeiDelta.Gain(default),
        IsVerified = true,
        LogsDigest = default,
        TraceDigest = default,
        WitnessDigest = default,
        EngineVersion = 1,
        RulesVersion = 1,
        Transactions = [],
    };
}
