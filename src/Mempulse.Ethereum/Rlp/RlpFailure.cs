namespace Mempulse.Ethereum.Rlp;

/// <summary>Why and where bytes failed to decode.</summary>
/// <param name="Error">The reason.</param>
/// <param name="OffsetBytes">Where in the bytes.</param>
public readonly record struct RlpFailure(RlpError Error, int OffsetBytes)
{
    /// <summary>The failure in a sentence.</summary>
    public override string ToString() => Error == RlpError.None
        ? "The bytes decode."
        : $"The bytes are not the canonical RLP expected here: {Error} at byte {OffsetBytes}.";
}
