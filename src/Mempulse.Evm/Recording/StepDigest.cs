using System.Buffers.Binary;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>A digest over every step: gas, program counter, memory size, stack size, depth, opcode and top word.</summary>
/// <remarks>Keccak-256 over chunks of 256 steps; the digest of each chunk is the first input of the next.</remarks>
internal sealed class StepDigest
{
    private const int StepBytes = 64;
    private const int ChunkSteps = 256;

    private readonly byte[] _chunk = new byte[Hash256.Size + (ChunkSteps * StepBytes)];
    private int _length = Hash256.Size;

    public void Add(ref Machine machine, byte instruction)
    {
        if (_length == _chunk.Length)
        {
            Close();
        }

        var step = _chunk.AsSpan(_length, StepBytes);
        BinaryPrimitives.WriteInt64LittleEndian(step, machine.Gas);
        BinaryPrimitives.WriteInt32LittleEndian(step[8..], machine.Pc);
        BinaryPrimitives.WriteInt32LittleEndian(step[12..], machine.MemorySize);
        BinaryPrimitives.WriteInt32LittleEndian(step[16..], machine.Sp);
        BinaryPrimitives.WriteInt32LittleEndian(step[20..], machine.Frame.Depth);
        BinaryPrimitives.WriteInt64LittleEndian(step[24..], instruction);
        (machine.Sp == 0 ? default : machine.Top()).WriteBigEndian(step[32..]);
        _length += StepBytes;
    }

    /// <summary>Returns the digest of all steps so far.</summary>
    public Hash256 Finish()
    {
        Close();
        return new Hash256(_chunk.AsSpan(0, Hash256.Size));
    }

    private void Close()
    {
        Keccak256.Hash(_chunk.AsSpan(0, _length), _chunk);
        _length = Hash256.Size;
    }
}
