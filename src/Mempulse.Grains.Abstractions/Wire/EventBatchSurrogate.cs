using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>How an <see cref="EventBatch"/> travels to another silo: the bytes its producer encoded. Inside a silo the batch itself is handed over.</summary>
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
    // The bytes crossed a network: every CRC and position is checked again before a batch exists.
    public EventBatch ConvertFromSurrogate(in EventBatchSurrogate surrogate) =>
        EventBatch.FromEncoded(surrogate.Lane, surrogate.Count, surrogate.Records.Span);

    public EventBatchSurrogate ConvertToSurrogate(in EventBatch value) =>
        new() { Lane = value.Lane, Count = value.Count, Records = value.Records };
}
