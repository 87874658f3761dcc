using System.Buffers.Binary;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>Digest over every step: depth, place, instruction, gas left, words on the stack, the highest of them, memory.</summary>
/// <remarks>Steps are gathered in pieces; the digest of each piece goes into the next.</remarks>
internal sealed class StepDigest
{
    private const int StepBytes = 64;
    private const int PieceSteps = 256;

    private readonly byte[] _piece = new byte[Hash256.Size + (PieceSteps * StepBytes)];
    private int _length = Hash256.Size;

    public void Add(ref Machine machine, byte instruction)
    {
        if (_length == _piece.Length)
        {
            Close();
        }

        var step = _piece.AsSpan(_length, StepBytes);
        BinaryPrimitives.WriteInt64LittleEndian(step, machine.Gas);
        BinaryPrimitives.WriteInt32LittleEndian(step[8..], machine.Pc);
        BinaryPrimitives.WriteInt32LittleEndian(step[12..], machine.MemorySize);
        BinaryPrimitives.WriteInt32LittleEndian(step[16..], machine.Sp);
        BinaryPrimitives.WriteInt32LittleEndian(step[20..], machine.Frame.Depth);
        BinaryPrimitives.WriteInt64LittleEndian(step[24..], instruction);
        (machine.Sp == 0 ? default : machine.Top()).WriteBigEndian(step[32..]);
        _length += StepBytes;
    }

    /// <summary>The digest of all so far.</summary>
    public Hash256 Finish()
    {
        Close();
        return new Hash256(_piece.AsSpan(0, Hash256.Size));
    }

    private void Close()
    {
        Keccak256.Hash(_piece.AsSpan(0, _length), _piece);
        _length = Hash256.Size;
    }
}
