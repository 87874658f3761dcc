using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x09: BLAKE2F, the compression function of BLAKE2b with a given number of rounds (EIP-152, RFC 7693).</summary>
internal sealed class Blake2F : IPrecompile
{
    private const int InputBytes = 213;
    private const int StateWords = 8;
    private const int MessageWords = 16;
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

    /// <summary>One gas per round; input of a wrong length is free here, but <see cref="TryRun"/> rejects it and so consumes all gas.</summary>
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

    /// <summary>RFC 7693, section 3.2.</summary>
    /// <remarks>
    /// Uses sixteen words rather than four vectors: a round is one dependency chain, and on a processor with two cycles per vector operation and one per
    /// word operation the latency costs more than the width saves. One call can have 2^32 - 1 rounds.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compress(Span<ulong> state, ReadOnlySpan<ulong> message, ReadOnlySpan<ulong> offset, bool isFinal, uint rounds)
    {
        Span<ulong> schedule = stackalloc ulong[ScheduleRounds * MessageWords];
        ArrangeMessage(message, schedule);
        ulong v0 = state[0], v1 = state[1], v2 = state[2], v3 = state[3], v4 = state[4], v5 = state[5], v6 = state[6], v7 = state[7];
        ulong v8 = InitialVector[0], v9 = InitialVector[1], v10 = InitialVector[2], v11 = InitialVector[3];
        ulong v12 = InitialVector[4] ^ offset[0], v13 = InitialVector[5] ^ offset[1];
        ulong v14 = isFinal ? ~InitialVector[6] : InitialVector[6], v15 = InitialVector[7];
        int at = 0;
        for (uint round = 0; round < rounds; round++)
        {
            ref ulong words = ref schedule[at];
            Mix(ref v0, ref v4, ref v8, ref v12, ref words);
            Mix(ref v1, ref v5, ref v9, ref v13, ref Unsafe.Add(ref words, 2));
            Mix(ref v2, ref v6, ref v10, ref v14, ref Unsafe.Add(ref words, 4));
            Mix(ref v3, ref v7, ref v11, ref v15, ref Unsafe.Add(ref words, 6));
            Mix(ref v0, ref v5, ref v10, ref v15, ref Unsafe.Add(ref words, 8));
            Mix(ref v1, ref v6, ref v11, ref v12, ref Unsafe.Add(ref words, 10));
            Mix(ref v2, ref v7, ref v8, ref v13, ref Unsafe.Add(ref words, 12));
            Mix(ref v3, ref v4, ref v9, ref v14, ref Unsafe.Add(ref words, 14));
            at = at + MessageWords == schedule.Length ? 0 : at + MessageWords;
        }

        Fold(state, [v0, v1, v2, v3, v4, v5, v6, v7], [v8, v9, v10, v11, v12, v13, v14, v15]);
    }

    private static void Fold(Span<ulong> state, ReadOnlySpan<ulong> upper, ReadOnlySpan<ulong> lower)
    {
        for (int i = 0; i < state.Length; i++)
        {
            state[i] ^= upper[i] ^ lower[i];
        }
    }

    /// <summary>Arranges the message words in the order in which the rounds use them; the order repeats after ten rounds.</summary>
    private static void ArrangeMessage(ReadOnlySpan<ulong> message, Span<ulong> schedule)
    {
        for (int i = 0; i < schedule.Length; i++)
        {
            schedule[i] = message[Permutations[i]];
        }
    }

    /// <summary>The mixing function G, with two message words. RFC 7693, section 3.1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref ulong a, ref ulong b, ref ulong c, ref ulong d, ref ulong words)
    {
        unchecked
        {
            a = a + words + b;
            d = BitOperations.RotateRight(d ^ a, 32);
            c += d;
            b = BitOperations.RotateRight(b ^ c, 24);
            a = a + Unsafe.Add(ref words, 1) + b;
            d = BitOperations.RotateRight(d ^ a, 16);
            c += d;
            b = BitOperations.RotateRight(b ^ c, 63);
        }
    }
}
