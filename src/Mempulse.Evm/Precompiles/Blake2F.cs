using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x09: the compression function of BLAKE2b with a chosen number of rounds (EIP-152, RFC 7693).</summary>
internal sealed class Blake2F : IPrecompile
{
    private const int InputBytes = 213;
    private const int StateWords = 8;
    private const int RowWords = 4;
    private const int MessageWords = 16;
    private const int StateAt = 4;
    private const int MessageAt = StateAt + (StateWords * sizeof(ulong));
    private const int OffsetAt = MessageAt + (MessageWords * sizeof(ulong));
    private const int FinalAt = InputBytes - 1;

    private static ReadOnlySpan<ulong> InitialVector =>
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    private static ReadOnlySpan<byte> Permutations =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ];

    /// <summary>A gas for each round; input of another form is refused, and so costs all there is.</summary>
    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) =>
        input.Length == InputBytes ? BinaryPrimitives.ReadUInt32BigEndian(input) * Eip152.RoundGas : 0;

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        if (input.Length != InputBytes || input[FinalAt] > 1)
        {
            return false;
        }

        Span<ulong> state = stackalloc ulong[StateWords];
        ReadWords(input[StateAt..], state);
        Span<ulong> message = stackalloc ulong[MessageWords];
        ReadWords(input[MessageAt..], message);
        Span<ulong> offset = stackalloc ulong[RowWords];
        ReadWords(input[OffsetAt..FinalAt], offset[..2]);
        offset[2] = input[FinalAt] == 1 ? ulong.MaxValue : 0;
        offset[3] = 0;
        Compress(state, message, Vector256.Create<ulong>(offset), BinaryPrimitives.ReadUInt32BigEndian(input));

        var result = output.Fill(StateWords * sizeof(ulong));
        for (int i = 0; i < StateWords; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(result[(i * sizeof(ulong))..], state[i]);
        }

        return true;
    }

    private static void ReadWords(ReadOnlySpan<byte> source, Span<ulong> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(source[(i * sizeof(ulong))..]);
        }
    }

    /// <summary>RFC 7693, section 3.2, with the working vector as four rows: a step mixes all columns at once, then all diagonals.</summary>
    private static void Compress(Span<ulong> state, ReadOnlySpan<ulong> message, Vector256<ulong> offset, uint rounds)
    {
        var (low, high) = (Vector256.Create<ulong>(state), Vector256.Create<ulong>(state[RowWords..]));
        var (a, b) = (low, high);
        var (c, d) = (Vector256.Create(InitialVector), Vector256.Create(InitialVector[RowWords..]) ^ offset);
        for (uint round = 0; round < rounds; round++)
        {
            var order = Permutations.Slice((int)(round % 10) * MessageWords, MessageWords);
            Mix(ref a, ref b, ref c, ref d, Pick(message, order), Pick(message, order[1..]));
            b = Vector256.Shuffle(b, Vector256.Create(1UL, 2, 3, 0));
            c = Vector256.Shuffle(c, Vector256.Create(2UL, 3, 0, 1));
            d = Vector256.Shuffle(d, Vector256.Create(3UL, 0, 1, 2));
            Mix(ref a, ref b, ref c, ref d, Pick(message, order[8..]), Pick(message, order[9..]));
            b = Vector256.Shuffle(b, Vector256.Create(3UL, 0, 1, 2));
            c = Vector256.Shuffle(c, Vector256.Create(2UL, 3, 0, 1));
            d = Vector256.Shuffle(d, Vector256.Create(1UL, 2, 3, 0));
        }

        (low ^ a ^ c).CopyTo(state);
        (high ^ b ^ d).CopyTo(state[RowWords..]);
    }

    /// <summary>Every second word in the order of a round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Pick(ReadOnlySpan<ulong> message, ReadOnlySpan<byte> order) =>
        Vector256.Create(message[order[0]], message[order[2]], message[order[4]], message[order[6]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector256<ulong> a, ref Vector256<ulong> b, ref Vector256<ulong> c, ref Vector256<ulong> d, Vector256<ulong> x, Vector256<ulong> y)
    {
        a += b + x;
        d = RotateRight(d ^ a, 32);
        c += d;
        b = RotateRight(b ^ c, 24);
        a += b + y;
        d = RotateRight(d ^ a, 16);
        c += d;
        b = RotateRight(b ^ c, 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateRight(Vector256<ulong> words, int bits) => (words >>> bits) | (words << (64 - bits));
}
