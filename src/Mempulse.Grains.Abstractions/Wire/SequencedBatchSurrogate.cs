using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="SequencedBatch"/>: the record bytes as the log holds them, never decoded on the way.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sequenced-batch")]
internal struct SequencedBatchSurrogate
{
    [Id(0)]
    public Epoch Epoch;

    [Id(1)]
    public GlobalSeq First;

    [Id(2)]
    public int Count;

    [Id(3)]
    public GlobalSeq Watermark;

    [Id(4)]
    public ReadOnlyMemory<byte> Records;
}

[RegisterConverter]
internal sealed class SequencedBatchConverter : IConverter<SequencedBatch, SequencedBatchSurrogate>
{
    public SequencedBatch ConvertFromSurrogate(in SequencedBatchSurrogate surrogate) =>
        new(surrogate.Epoch, surrogate.First, surrogate.Count, surrogate.Watermark, surrogate.Records);

    public SequencedBatchSurrogate ConvertToSurrogate(in SequencedBatch value) => new()
    {
        Epoch = value.Epoch,
        First = value.First,
        Count = value.Count,
        Watermark = value.Watermark,
        Records = value.Records,
    };
}
