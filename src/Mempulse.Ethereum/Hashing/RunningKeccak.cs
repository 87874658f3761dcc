using Mempulse.Primitives;

namespace Mempulse.Ethereum.Hashing;

/// <summary>A Keccak-256 that is asked for the hash of what it has taken so far, and goes on: the MAC of RLPx.</summary>
/// <remarks>Confined to one thread at a time. Allocates nothing after its creation.</remarks>
public sealed class RunningKeccak
{
    private KeccakAbsorption _absorption;

    /// <summary>Appends a piece of the input.</summary>
    public void Absorb(scoped ReadOnlySpan<byte> input) => _absorption.Absorb(input);

    /// <summary>The hash of everything so far; more can be appended afterwards.</summary>
    public Hash256 Peek()
    {
        var copy = _absorption;
        return copy.Finish();
    }
}
