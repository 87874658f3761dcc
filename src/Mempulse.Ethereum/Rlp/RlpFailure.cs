namespace Mempulse.Ethereum.Rlp;

/// <summary>Why and where bytes failed to decode.</summary>
/// <param name="Error">The reason.</param>
/// <param name="OffsetBytes">Byte offset of the failure.</param>
public readonly record struct RlpFailure(RlpError Error, int OffsetBytes)
{
    /// <summary>Returns the failure as a sentence.</summary>
    public override string ToString() => Error == RlpError.None
        ? "The bytes are valid RLP."
        : $"The bytes are not the expected canonical RLP: {Error} at byte {OffsetBytes}.";
}
