using System.Runtime.CompilerServices;

namespace Mempulse.Ethereum.Hashing;

/// <summary>The 1600 bits of Keccak: lane (x, y) stands at x + 5y, little-endian.</summary>
[InlineArray(LaneCount)]
internal struct KeccakState
{
    public const int LaneCount = 25;

    private ulong _first;
}
