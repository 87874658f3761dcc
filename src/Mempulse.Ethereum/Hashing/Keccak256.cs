using Mempulse.Primitives;

namespace Mempulse.Ethereum.Hashing;

/// <summary>Keccak-256 as Ethereum uses it: with the padding of the original submission, not that of SHA-3.</summary>
/// <remarks>Yellow Paper, section 3. Thread-safe; allocates nothing. For input in pieces, use <see cref="KeccakSponge"/>.</remarks>
public static class Keccak256
{
    /// <summary>The hash of empty input.</summary>
    public static Hash256 OfNothing { get; } = Hash([]);

    /// <summary>The hash of an empty RLP string, which is the root of an empty trie.</summary>
    public static Hash256 OfEmptyString { get; } = Hash([0x80]);

    /// <summary>The hash of an empty RLP list, which is the uncles hash of every block since the merge.</summary>
    public static Hash256 OfEmptyList { get; } = Hash([0xc0]);

    /// <summary>Computes the hash of <paramref name="input"/>.</summary>
    public static Hash256 Hash(scoped ReadOnlySpan<byte> input)
    {
        var sponge = new KeccakSponge();
        sponge.Absorb(input);
        return sponge.Finish();
    }

    /// <summary>Writes the hash of <paramref name="input"/>, 32 bytes, to the start of <paramref name="destination"/>.</summary>
    public static void Hash(scoped ReadOnlySpan<byte> input, Span<byte> destination) => Hash(input).CopyTo(destination);
}
