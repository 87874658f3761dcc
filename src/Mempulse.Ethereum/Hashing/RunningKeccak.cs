using Mempulse.Primitives;

namespace Mempulse.Ethereum.Hashing;

/// <summary>A Keccak-256 computation that returns the hash of its input so far and continues: the MAC of RLPx.</summary>
/// <remarks>Confined to one thread at a time. Allocates nothing after its creation. The hash is cached until more input is appended.</remarks>
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

    /// <summary>Returns the hash of the input so far; more input can follow.</summary>
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
