namespace Mempulse.Builder.Assembly;

/// <summary>A transaction in the stored bytes of a bundle.</summary>
/// <param name="Raw">Its bytes.</param>
/// <param name="IsOwn">True if it is the operator's.</param>
/// <param name="MayRevert">True if the bundle holds although it reverts.</param>
/// <param name="IsSigned">False if its signature is zeros.</param>
public sealed record StoredPart(ReadOnlyMemory<byte> Raw, bool IsOwn, bool MayRevert, bool IsSigned)
{
    /// <summary>Its text shows no bytes: they are private.</summary>
    public override string ToString() => $"{Raw.Length} bytes";
}
