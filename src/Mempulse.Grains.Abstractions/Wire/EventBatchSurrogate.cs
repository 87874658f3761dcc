using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of an <see cref="EventBatch"/>: the bytes its producer encoded. Within a silo the batch itself is passed.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.event-batch")]
internal struct EventBatchSurrogate
{
    [Id(0)]
    public LaneId Lane;

    [Id(1)]
    public int Count;

    [Id(2)]
    public ReadOnlyMemory<byte> Records;
}

[RegisterConverter]
internal sealed class EventBatchConverter : IConverter<EventBatch, EventBatchSurrogate>
{
    // The bytes came over the network, so every CRC and sequence is checked before a batch is created.
    public EventBatch ConvertFromSurrogate(in EventBatchSurrogate surrogate) =>
        EventBatch.FromEncoded(surrogate.Lane, surrogate.Count, surrogate.Records.Span);

    public EventBatchSurrogate ConvertToSurrogate(in EventBatch value) =>
        new() { Lane = value.Lane, Count = value.Count, Records = value.Records };
}
