namespace Mempulse.Client.Decoding;

/// <summary>The state that was asked whose code accounts run that the registry does not know.</summary>
public sealed record DecodeState
{
    /// <summary>The hash of the block; null if it is not known.</summary>
    public string? Block { get; init; }

    /// <summary>Its height.</summary>
    public string? Number { get; init; }

    /// <summary>True if the block's state root proves all that was read.</summary>
    public required bool IsProven { get; init; }

    /// <summary>What could not be read, in a sentence; null if everything was.</summary>
    public string? Problem { get; init; }
}
