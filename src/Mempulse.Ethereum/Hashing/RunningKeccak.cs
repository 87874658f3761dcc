using Mempulse.Primitives;

namespace Mempulse.Ethereum.Hashing;

/// <summary>A Keccak-256 that is asked for the hash of what it has taken so far, and goes on: the MAC of RLPx.</summary>
/// <remarks>Confined to one thread at a time. Allocates nothing after its creation. Asking again before anything is appended costs nothing.</remarks>
public sealed class RunningKeccak
{
    private KeccakAbsorption _absorption;
    private Hash256 _peeked;
    private bool _isPeeked;

    /// <summary>Appends a piece of the input.</summary>
    public void Absorb(scoped ReadOnlySpan<byte> input)
    {
        _absorption.Absorb(input);
        _isPeeked = false;
    }

    /// <summary>The hash of everything so far; more can be appended afterwards.</summary>
    public Hash256 Peek()
    {
        if (!_isPeeked)
        {
            var copy = _absorption;
            _peeked = copy.Finish();
            _isPeeked = true;
        }

        return _peeked;
    }
}
