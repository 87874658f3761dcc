namespace Mempulse.Api.Simulations;

/// <summary>What an account is to be before the bundle; what is absent stays as it is.</summary>
public sealed record StateOverrideBody
{
    /// <summary>Balance in wei, in hex or decimal.</summary>
    public string? Balance { get; init; }

    /// <summary>Nonce, in hex or decimal.</summary>
    public string? Nonce { get; init; }

    /// <summary>Code in hex.</summary>
    public string? Code { get; init; }

    /// <summary>Slots of its storage and their values, in hex; the others stay.</summary>
    public IReadOnlyDictionary<string, string>? StateDiff { get; init; }
}
