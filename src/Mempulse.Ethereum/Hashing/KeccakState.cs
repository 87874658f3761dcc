using System.Runtime.CompilerServices;

namespace Mempulse.Ethereum.Hashing;

/// <summary>The 1600 bits of Keccak's state: lane (x, y) is at index x + 5y, little-endian.</summary>
[InlineArray(LaneCount)]
internal struct KeccakState
{
    public const int LaneCount = 25;

    private ulong _first;
}
