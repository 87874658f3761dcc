using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x09: the compression function of BLAKE2b with a chosen number of rounds (EIP-152, RFC 7693).</summary>
internal sealed class Blake2F : IPrecompile
{
    private const int InputBytes = 213;
    private const int RowWords = 4;
    private const int StateWords = 2 * RowWords;
    private const int MessageWords = 16;
    private const int RowsOfRound = 4;
    private const int ScheduleRounds = 10;
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
        Span<ulong> offset = stackalloc ulong[2];
        ReadWords(input[OffsetAt..], offset);
        Compress(state, message, offset, input[FinalAt] == 1, BinaryPrimitives.ReadUInt32BigEndian(input));

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

    /// <summary>RFC 7693, section 3.2, on rows of four words.</summary>
    /// <remarks>
    /// Before the diagonal half of a round the rows a, c and d are turned, not b: b is what each half ends with and the next begins with, so
    /// no turn lies on the longest chain of operations, which is what a round takes. 2^32 rounds are one call.
    /// </remarks>
    private static void Compress(Span<ulong> state, ReadOnlySpan<ulong> message, ReadOnlySpan<ulong> offset, bool isFinal, uint rounds)
    {
        Span<Vector256<ulong>> schedule = stackalloc Vector256<ulong>[ScheduleRounds * RowsOfRound];
        schedule = schedule[..((int)Math.Min(rounds, ScheduleRounds) * RowsOfRound)];
        Arrange(message, schedule);
        var a = Vector256.Create<ulong>(state);
        var b = Vector256.Create<ulong>(state[RowWords..]);
        var c = Vector256.Create(InitialVector);
        var d = Vector256.Create(InitialVector[RowWords..]) ^ Vector256.Create(offset[0], offset[1], isFinal ? ulong.MaxValue : 0, 0);
        int at = 0;
        for (uint round = 0; round < rounds; round++)
        {
            Mix(ref a, ref b, ref c, ref d, schedule[at], schedule[at + 1]);
            a = Vector256.Shuffle(a, Vector256.Create(3UL, 0, 1, 2));
            d = Vector256.Shuffle(d, Vector256.Create(2UL, 3, 0, 1));
            c = Vector256.Shuffle(c, Vector256.Create(1UL, 2, 3, 0));
            Mix(ref a, ref b, ref c, ref d, schedule[at + 2], schedule[at + 3]);
            a = Vector256.Shuffle(a, Vector256.Create(1UL, 2, 3, 0));
            d = Vector256.Shuffle(d, Vector256.Create(2UL, 3, 0, 1));
            c = Vector256.Shuffle(c, Vector256.Create(3UL, 0, 1, 2));
            at = at + RowsOfRound == schedule.Length ? 0 : at + RowsOfRound;
        }

        (Vector256.Create<ulong>(state) ^ a ^ c).CopyTo(state);
        (Vector256.Create<ulong>(state[RowWords..]) ^ b ^ d).CopyTo(state[RowWords..]);
    }

    /// <summary>The words of the message as each round adds them: first and second to the columns, then to the diagonals, which begin one to the right.</summary>
    private static void Arrange(ReadOnlySpan<ulong> message, Span<Vector256<ulong>> schedule)
    {
        for (int row = 0; row < schedule.Length; row += RowsOfRound)
        {
            var order = Permutations.Slice(row / RowsOfRound * MessageWords, MessageWords);
            schedule[row] = Vector256.Create(message[order[0]], message[order[2]], message[order[4]], message[order[6]]);
            schedule[row + 1] = Vector256.Create(message[order[1]], message[order[3]], message[order[5]], message[order[7]]);
            schedule[row + 2] = Vector256.Create(message[order[14]], message[order[8]], message[order[10]], message[order[12]]);
            schedule[row + 3] = Vector256.Create(message[order[15]], message[order[9]], message[order[11]], message[order[13]]);
        }
    }

    /// <summary>RFC 7693, section 3.1, four at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector256<ulong> a, ref Vector256<ulong> b, ref Vector256<ulong> c, ref Vector256<ulong> d, Vector256<ulong> x, Vector256<ulong> y)
    {
        a = a + x + b;
        d = RotateRight(d ^ a, 32);
        c += d;
        b = RotateRight(b ^ c, 24);
        a = a + y + b;
        d = RotateRight(d ^ a, 16);
        c += d;
        b = RotateRight(b ^ c, 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateRight(Vector256<ulong> words, [ConstantExpected] byte bits) => Avx512F.VL.IsSupported
        ? Avx512F.VL.RotateRight(words, bits)
        : (words >>> bits) | (words << (64 - bits));
}
