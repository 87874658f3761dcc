namespace Mempulse.Client.Bundles;

/// <summary>A transaction of a bundle.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Sender">Who pays for it.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Own">True if the operator signed it.</param>
/// <param name="MayRevert">True if the bundle holds although it reverts.</param>
public sealed record BundleTxPart(string Hash, string Sender, ulong Nonce, bool Own, bool MayRevert);
