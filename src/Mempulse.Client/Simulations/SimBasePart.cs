namespace Mempulse.Client.Simulations;

/// <summary>The block whose state a simulation started from.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Number">Its height.</param>
/// <param name="Standing">Canonical; Left when a reorg removed it or the chain has another block at its height; Unknown while no block at its height is known.</param>
/// <param name="AsOfSeq">The position in the log up to which this is true.</param>
public sealed record SimBasePart(string Hash, ulong Number, string Standing, ulong AsOfSeq);
