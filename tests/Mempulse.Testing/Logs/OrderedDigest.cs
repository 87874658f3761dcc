using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Testing.Logs;

/// <summary>A digest that changes with every record, its position and their order.</summary>
public sealed class OrderedDigest
{
    private readonly byte[] _state = new byte[16 + 8];

    public StateDigest Value { get; private set; }

    public void Add(SequencedBatch batch)
    {
        foreach (var record in batch)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(_state, Value.Value);
            BinaryPrimitives.WriteUInt64LittleEndian(_state.AsSpan(16), record.Seq.Value);
            Value = StateDigest.OfEntry([.. _state, .. record.Bytes]);
        }
    }
}
