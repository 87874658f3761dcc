namespace Mempulse.Sim.Requests;

/// <summary>A transaction of a bundle.</summary>
/// <param name="Raw">The signed transaction as it travels (EIP-2718).</param>
/// <param name="Revert">What its failure means for the bundle.</param>
public sealed record BundleTransaction(ReadOnlyMemory<byte> Raw, RevertPolicy Revert);
