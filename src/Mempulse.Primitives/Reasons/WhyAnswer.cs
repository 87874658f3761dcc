namespace Mempulse.Primitives.Reasons;

/// <summary>Why something is as it is: its state, and the reasons in order, the main one first.</summary>
public sealed record WhyAnswer
{
    /// <summary>What was asked about: "transaction".</summary>
    public required string Subject { get; init; }

    /// <summary>Its id.</summary>
    public required Hash256 Id { get; init; }

    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Its state in one word.</summary>
    public required string State { get; init; }

    /// <summary>The position of the log that the answer holds for.</summary>
    public required GlobalSeq AsOf { get; init; }

    /// <summary>The time of the latest observation up to there.</summary>
    public required UnixNanoseconds AsOfTime { get; init; }

    /// <summary>The reasons, at least one, the main one first.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>True when there are more records than one answer reads; then what is beyond them is not in the answer.</summary>
    public required bool IsTruncated { get; init; }

    /// <summary>The state and the main reason, in one line.</summary>
    public string Headline => $"{Subject} {Id} is {State}: {Reasons[0].Sentence}";
}
