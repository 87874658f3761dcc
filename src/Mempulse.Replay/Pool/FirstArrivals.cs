using System.Runtime.CompilerServices;

namespace Mempulse.Replay.Pool;

/// <summary>Inline storage for the first arrivals of a transaction.</summary>
[InlineArray(Length)]
internal struct FirstArrivals
{
    /// <summary>Number of arrivals.</summary>
    public const int Length = 4;

    private (uint Observer, uint Micros) _item;
}
