using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of an <see cref="EventKey"/>.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.event-key")]
internal struct EventKeySurrogate
{
    [Id(0)]
    public byte Kind;

    [Id(1)]
    public Hash256 Value;
}

[RegisterConverter]
internal sealed class EventKeyConverter : IConverter<EventKey, EventKeySurrogate>
{
    public EventKey ConvertFromSurrogate(in EventKeySurrogate surrogate) => new((KeyKind)surrogate.Kind, surrogate.Value);

    public EventKeySurrogate ConvertToSurrogate(in EventKey value) => new() { Kind = (byte)value.Kind, Value = value.Value };
}
