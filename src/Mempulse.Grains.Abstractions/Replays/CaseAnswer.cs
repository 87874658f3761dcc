using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>The answer to a request for the case of an id.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.case-answer")]
public sealed record CaseAnswer
{
    /// <summary>The outcome of the work.</summary>
    [Id(0)]
    public required ReplayOutcome Outcome { get; init; }

    /// <summary>Why there is no file, or what the work is doing, in a sentence.</summary>
    [Id(1)]
    public string Detail { get; init; } = string.Empty;

    /// <summary>True if a record of the log has the id.</summary>
    [Id(2)]
    public bool IsKnown { get; init; }

    /// <summary>The position that the case holds for.</summary>
    [Id(3)]
    public GlobalSeq AsOf { get; init; }

    /// <summary>The bytes of the case file; empty while it is being made, or if it cannot be made.</summary>
    [Id(4)]
    public ReadOnlyMemory<byte> File { get; init; }
}
