using Mempulse.Primitives;

namespace Mempulse.RelaySim.Bundles;

/// <summary>What a simulated builder knows of its chain.</summary>
/// <param name="Number">The newest block.</param>
/// <param name="NowSeconds">The time in seconds since 1970.</param>
/// <param name="BaseFee">The base fee of the next block.</param>
internal readonly record struct SimulatorHead(BlockNumber Number, ulong NowSeconds, Wei BaseFee);
