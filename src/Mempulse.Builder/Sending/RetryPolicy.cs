namespace Mempulse.Builder.Sending;

/// <summary>How often and how fast a request is sent again.</summary>
public sealed record RetryPolicy
{
    /// <summary>The policy unless the configuration says otherwise: four attempts within a slot.</summary>
    public static RetryPolicy Default { get; } = new();

    /// <summary>Attempts in all, the first one included.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>The longest wait before the second attempt; it doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait of all. A relay that asks for more is not asked again for this block.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(4);
}
