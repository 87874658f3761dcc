namespace Mempulse.Api.Simulations;

/// <summary>The block whose state a simulation found.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Number">Its height.</param>
/// <param name="Standing">Canonical, Left when a reorg took it out of the chain or the chain has another block there, Unknown while no block of its height was seen.</param>
/// <param name="AsOfSeq">The position in the log up to which this is true.</param>
public sealed record SimBasePart(string Hash, ulong Number, string Standing, ulong AsOfSeq);
