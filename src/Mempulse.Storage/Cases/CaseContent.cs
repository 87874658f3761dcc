using Mempulse.Primitives;

namespace Mempulse.Storage.Cases;

/// <summary>What a case file has: everything from which its results follow, and the results.</summary>
public sealed record CaseContent
{
    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>What the case is about: transaction, opportunity, simulation or bundle.</summary>
    public required string Subject { get; init; }

    /// <summary>Its id.</summary>
    public required Hash256 Id { get; init; }

    /// <summary>The position of the log that the case holds for.</summary>
    public required GlobalSeq AsOf { get; init; }

    /// <summary>The versions of the rules and engines that made it, each with its name.</summary>
    public required IReadOnlyList<CaseResult> Versions { get; init; }

    /// <summary>The records, by ascending position.</summary>
    public required IReadOnlyList<CaseRecord> Records { get; init; }

    /// <summary>The contents that records name by their hash: rules and witnesses.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Contents { get; init; }

    /// <summary>What the fold knew about a transaction at the position; empty for another subject.</summary>
    public required ReadOnlyMemory<byte> Standing { get; init; }

    /// <summary>Derived events that do not follow from the facts of the case: they are in it as they were logged. Ascending.</summary>
    public required IReadOnlyList<CaseEvent> AsLogged { get; init; }

    /// <summary>The results, in the order in which they are checked.</summary>
    public required IReadOnlyList<CaseResult> Results { get; init; }
}
