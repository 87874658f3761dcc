using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>What the model knows of a transaction.</summary>
internal sealed class ModelTx(Hash256 hash, int order)
{
    public Hash256 Hash { get; } = hash;

    /// <summary>Its place among those that wait or, once settled, among those: the order in which that began.</summary>
    public int Order { get; set; } = order;

    public Address? Sender { get; set; }

    public ulong Nonce { get; set; }

    public NormalizedTx? Body { get; set; }

    /// <summary>Timestamp of the head when its wait began; 0 before the first block.</summary>
    public ulong WaitsSince { get; set; }

    public ModelInclusion? Inclusion { get; set; }

    public Hash256? ReplacedBy { get; set; }

    public Hash256? Replaces { get; set; }

    public bool IsExpired { get; set; }

    public bool IsLeft { get; set; }

    /// <summary>The sources that announced it, and those of them that it has left.</summary>
    public HashSet<SourceId> Announced { get; } = [];

    public HashSet<SourceId> LeftBy { get; } = [];

    /// <summary>Height of the head when it settled; null for one that waits or can be reopened.</summary>
    public ulong? SettledAt { get; set; }

    /// <summary>True for one that is confirmed on a chain that was left beyond finality.</summary>
    public bool IsAbandoned => Inclusion is { IsAbandoned: true };

    public bool IsWaiting => Inclusion is null && ReplacedBy is null && !IsExpired;
}

/// <summary>Where a block includes a transaction, and what is known of its execution.</summary>
internal sealed class ModelInclusion(Hash256 block, ulong number, int index, ExecutionOutcome outcome)
{
    public Hash256 Block { get; } = block;

    public ulong Number { get; } = number;

    public int Index { get; } = index;

    public ExecutionOutcome Outcome { get; set; } = outcome;

    public bool IsClaim { get; set; }

    public bool IsFinal { get; set; }

    public bool IsAbandoned { get; set; }
}

/// <summary>A canonical block, with what is needed to take it back.</summary>
internal sealed record ModelBlock(LogEvent.BlockObserved Fact)
{
    public List<(Address Account, ModelNonce Before)> Moves { get; } = [];

    /// <summary>How many receipts are on record, from the first on.</summary>
    public int Receipts { get; set; }

    public ulong Number => Fact.Number.Value;
}

/// <summary>An account's next nonce and how it is known.</summary>
internal readonly record struct ModelNonce(ulong? Next, Views.NonceKnowledge Knowledge, int Gaps = 0)
{
    /// <summary>What the chain proved before blocks were missed is only a report.</summary>
    public Views.NonceKnowledge After(int gaps) => Knowledge == Views.NonceKnowledge.Chain && Gaps != gaps ? Views.NonceKnowledge.Reported : Knowledge;
}
