namespace Mempulse.Sim.Requests;

/// <summary>A transaction of a bundle.</summary>
/// <param name="Raw">The encoded signed transaction (EIP-2718).</param>
/// <param name="Revert">Whether its failure fails the bundle.</param>
public sealed record BundleTransaction(ReadOnlyMemory<byte> Raw, RevertPolicy Revert);
