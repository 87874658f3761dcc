namespace Mempulse.Client;

/// <summary>What a <see cref="MempulseClient"/> sends with each request.</summary>
public sealed record MempulseAccess
{
    /// <summary>The key of the API, which 'mempulse key new' prints; null for a node without keys.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The chain that is asked about; null for the node's first.</summary>
    public ulong? Chain { get; init; }

    /// <summary>The clock by which a broken stream waits before it connects again. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
