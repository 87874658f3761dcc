using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Hashing;

/// <summary>The state of a Keccak-256 computation; a copy of it can be finished while the original continues.</summary>
/// <remarks>Do not use it after <see cref="Finish"/>.</remarks>
internal struct KeccakAbsorption
{
    /// <summary>Bytes absorbed between two permutations: 1600 bits of state minus a capacity of 512.</summary>
    private const int RateBytes = 136;

    private KeccakState _state;
    private int _filledBytes;

    /// <summary>Appends a piece of the input.</summary>
    public void Absorb(scoped ReadOnlySpan<byte> input)
    {
        if (_filledBytes != 0)
        {
            int taken = Math.Min(RateBytes - _filledBytes, input.Length);
            XorPartial(input[..taken]);
            input = input[taken..];
            if (_filledBytes == RateBytes)
            {
                KeccakPermutation.Permute(ref _state);
                _filledBytes = 0;
            }
        }

        while (input.Length >= RateBytes)
        {
            XorBlock(input);
            KeccakPermutation.Permute(ref _state);
            input = input[RateBytes..];
        }

        XorPartial(input);
    }

    /// <summary>Pads, permutes for the last time, and returns the hash.</summary>
    public Hash256 Finish()
    {
        var bytes = MemoryMarshal.AsBytes((Span<ulong>)_state);
        bytes[_filledBytes] ^= 0x01;
        bytes[RateBytes - 1] ^= 0x80;
        KeccakPermutation.Permute(ref _state);
        return new Hash256(bytes[..Hash256.Size]);
    }

    private void XorBlock(scoped ReadOnlySpan<byte> block)
    {
        var lanes = (Span<ulong>)_state;
        for (int i = 0; i < RateBytes / sizeof(ulong); i++)
        {
            lanes[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(i * sizeof(ulong))..]);
        }
    }

    private void XorPartial(scoped ReadOnlySpan<byte> piece)
    {
        var bytes = MemoryMarshal.AsBytes((Span<ulong>)_state).Slice(_filledBytes, piece.Length);
        int at = 0;
        for (; at <= bytes.Length - sizeof(ulong); at += sizeof(ulong))
        {
            ulong mixed = BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]) ^ BinaryPrimitives.ReadUInt64LittleEndian(piece[at..]);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], mixed);
        }

        for (; at < bytes.Length; at++)
        {
            bytes[at] ^= piece[at];
        }

        _filledBytes += piece.Length;
    }
}
