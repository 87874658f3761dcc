namespace Mempulse.Client.Simulations;

/// <summary>Overrides of an account before the bundle; absent members do not change.</summary>
public sealed record StateOverrideBody
{
    /// <summary>Balance in wei, in hex or decimal.</summary>
    public string? Balance { get; init; }

    /// <summary>Nonce, in hex or decimal.</summary>
    public string? Nonce { get; init; }

    /// <summary>Code in hex.</summary>
    public string? Code { get; init; }

    /// <summary>Storage slots and their values, in hex; other slots do not change.</summary>
    public IReadOnlyDictionary<string, string>? StateDiff { get; init; }
}
