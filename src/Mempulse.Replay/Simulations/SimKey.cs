using Mempulse.Primitives;

namespace Mempulse.Replay.Simulations;

/// <summary>A followed simulation: by the height of its base block, then by id.</summary>
internal readonly record struct SimKey(BlockNumber BaseNumber, Hash256 Sim) : IComparable<SimKey>
{
    public int CompareTo(SimKey other) => BaseNumber != other.BaseNumber ? BaseNumber.CompareTo(other.BaseNumber) : Sim.CompareTo(other.Sim);
}
