using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Decode;

/// <summary>A call that asks as much of the decoder as its bounds allow.</summary>
internal sealed record WorstCall(string Name, Address Target, byte[] Data);
