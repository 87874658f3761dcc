using Mempulse.Primitives;

namespace Mempulse.Ethereum.Hashing;

/// <summary>A Keccak-256 computation that takes its input in pieces and lives on the stack.</summary>
/// <remarks>Use once: after <see cref="Finish"/> the state is spent. <see cref="RunningKeccak"/> lives longer.</remarks>
public ref struct KeccakSponge
{
    private KeccakAbsorption _absorption;

    /// <summary>Appends a piece of the input.</summary>
    public void Absorb(scoped ReadOnlySpan<byte> input) => _absorption.Absorb(input);

    /// <summary>Appends one byte.</summary>
    public void Absorb(byte value) => _absorption.Absorb([value]);

    /// <summary>Pads, permutes for the last time and gives the hash.</summary>
    public Hash256 Finish() => _absorption.Finish();
}
