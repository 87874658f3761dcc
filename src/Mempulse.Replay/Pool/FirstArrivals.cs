using System.Runtime.CompilerServices;

namespace Mempulse.Replay.Pool;

/// <summary>Room for the first arrivals of a transaction, within its entry.</summary>
[InlineArray(Length)]
internal struct FirstArrivals
{
    /// <summary>Places.</summary>
    public const int Length = 4;

    private (uint Observer, uint Micros) _item;
}
