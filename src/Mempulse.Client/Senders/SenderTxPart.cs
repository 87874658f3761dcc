namespace Mempulse.Client.Senders;

/// <summary>A transaction in an account's nonce chain.</summary>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Hash">The transaction.</param>
/// <param name="Status">Its status.</param>
public sealed record SenderTxPart(ulong Nonce, string Hash, string Status);
