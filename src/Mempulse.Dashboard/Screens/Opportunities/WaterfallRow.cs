namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>A row of the waterfall: one span of the chain from detection to outcome.</summary>
internal sealed record WaterfallRow
{
    /// <summary>The step, or the relay.</summary>
    public required string Name { get; init; }

    /// <summary>What is said beside the name.</summary>
    public string Note { get; init; } = string.Empty;

    /// <summary>True for requests, which stand below the bundle.</summary>
    public bool IsRequest { get; init; }

    /// <summary>"own", "accepted", "failed" or "outcome"; empty for a row without a bar.</summary>
    public string Bar { get; init; } = string.Empty;

    /// <summary>Nanoseconds from the start of the chain to the start of the span.</summary>
    public long FromNanoseconds { get; init; }

    /// <summary>Nanoseconds from the start of the chain to the end of the span.</summary>
    public long ToNanoseconds { get; init; }

    /// <summary>What came of it.</summary>
    public required string Answer { get; init; }

    /// <summary>True where the answer is a failure.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The event.</summary>
    public required ulong Seq { get; init; }
}
