using Mempulse.Primitives;

namespace Mempulse.Ethereum.Hashing;

/// <summary>A Keccak-256 computation on the stack that takes its input in pieces.</summary>
/// <remarks>Single-use: do not use it after <see cref="Finish"/>. <see cref="RunningKeccak"/> can be stored and continued.</remarks>
public ref struct KeccakSponge
{
    private KeccakAbsorption _absorption;

    /// <summary>Appends a piece of the input.</summary>
    public void Absorb(scoped ReadOnlySpan<byte> input) => _absorption.Absorb(input);

    /// <summary>Appends one byte.</summary>
    public void Absorb(byte value) => _absorption.Absorb([value]);

    /// <summary>Pads, permutes for the last time, and returns the hash.</summary>
    public Hash256 Finish() => _absorption.Finish();
}
