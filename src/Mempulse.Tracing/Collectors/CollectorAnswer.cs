namespace Mempulse.Tracing.Collectors;

/// <summary>What a collector made of spans.</summary>
public abstract record CollectorAnswer
{
    private CollectorAnswer()
    {
    }

    /// <summary>It took them, except for those that it refused.</summary>
    /// <param name="Refused">How many it refused.</param>
    /// <param name="Reason">Why; may be empty.</param>
    public sealed record Taken(long Refused, string Reason) : CollectorAnswer;

    /// <summary>It did not take them, and may take them later.</summary>
    /// <param name="Reason">Why, in a sentence.</param>
    /// <param name="After">How long it asks to wait; null if it does not say.</param>
    public sealed record NotNow(string Reason, TimeSpan? After) : CollectorAnswer;

    /// <summary>It would not take them later either.</summary>
    /// <param name="Reason">Why, in a sentence.</param>
    public sealed record Never(string Reason) : CollectorAnswer;
}
