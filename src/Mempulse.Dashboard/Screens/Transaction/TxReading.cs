using Mempulse.Client.Reasons;
using Mempulse.Client.Transactions;
using Mempulse.Grains.Abstractions.Senders;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>What the screen of a transaction shows.</summary>
internal sealed record TxReading
{
    /// <summary>The answer of GET /tx/{hash}; null if the log does not have the transaction.</summary>
    public required TxResponse? Answer { get; init; }

    /// <summary>The answer of GET /tx/{hash}/why.</summary>
    public required WhyResponse Why { get; init; }

    /// <summary>The sender; null while only the hash is known.</summary>
    public required SenderView? Sender { get; init; }

    /// <summary>Its life, in the order of the log.</summary>
    public IReadOnlyList<LifeLine> Life { get; init; } = [];

    /// <summary>Lines of its life that are not shown.</summary>
    public int MoreLines { get; init; }

    /// <summary>The lines of its decode.</summary>
    public IReadOnlyList<DecodeRow> Decode { get; init; } = [];

    /// <summary>The words of its calldata.</summary>
    public IReadOnlyList<CalldataWord> Words { get; init; } = [];

    /// <summary>Number of words of its calldata.</summary>
    public int WordCount { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public string Sentence { get; init; } = string.Empty;

    /// <summary>The name of the account that it calls; null if it is not known.</summary>
    public string? TargetName { get; init; }

    /// <summary>How the decode compared with the logs of its block; empty before that.</summary>
    public string Grade { get; init; } = string.Empty;

    /// <summary>The event that says so.</summary>
    public GlobalSeq GradeSeq { get; init; }

    /// <summary>True if the logs contradict the decode.</summary>
    public bool IsContradicted { get; init; }

    /// <summary>The price of gas that it paid; null while it is in no block.</summary>
    public UInt256? BlockBaseFee { get; init; }
}
