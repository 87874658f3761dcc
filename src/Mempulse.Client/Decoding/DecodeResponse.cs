using Mempulse.Client.Text;

namespace Mempulse.Client.Decoding;

/// <summary>What a call does, as far as the registry knows.</summary>
public sealed record DecodeResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>The registry that gave the meaning: Keccak-256 of its file.</summary>
    public required string Registry { get; init; }

    /// <summary>The tree of calls, what they exchange as a whole, and what each does with tokens: docs/formats/decode.md.</summary>
    public required RawJson Decode { get; init; }

    /// <summary>The state that was asked whose code unknown accounts run; null if none was.</summary>
    public DecodeState? State { get; init; }
}
