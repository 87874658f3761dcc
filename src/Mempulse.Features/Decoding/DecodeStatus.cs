namespace Mempulse.Features.Decoding;

/// <summary>How far a call is understood, and why.</summary>
public enum DecodeStatus
{
    /// <summary>The registry knows the contract and its function.</summary>
    Decoded = 0,

    /// <summary>The contract is not known: the selector names the function, and the calldata is its canonical encoding.</summary>
    BySelector,

    /// <summary>The selector names functions, but the calldata is the canonical encoding of none, or its meaning differs between several.</summary>
    AmbiguousLayout,

    /// <summary>The call cannot be decoded: <see cref="CallNode.Failure"/>.</summary>
    Undecodable,

    /// <summary>The router's table does not have the command.</summary>
    UnknownCommand,
}
