using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Decoding;

/// <summary>Whose code some accounts run at the newest block.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.code-delegates")]
public sealed record CodeDelegatesAnswer
{
    /// <summary>Accounts that may be asked for at once.</summary>
    public const int MaxAccounts = 16;

    /// <summary>False if no node is configured for the chain's state.</summary>
    [Id(0)]
    public required bool HasState { get; init; }

    /// <summary>The accounts that run the code of another one.</summary>
    [Id(1)]
    public IReadOnlyList<CodeDelegateView> Delegates { get; init; } = [];

    /// <summary>The block; the zero hash if it is not known.</summary>
    [Id(2)]
    public Hash256 Block { get; init; }

    /// <summary>Its height.</summary>
    [Id(3)]
    public BlockNumber Number { get; init; }

    /// <summary>True if the block's state root proves all that was read.</summary>
    [Id(4)]
    public bool IsProven { get; init; }

    /// <summary>What could not be read, in a sentence; empty if everything was.</summary>
    [Id(5)]
    public string Problem { get; init; } = string.Empty;
}
