using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="UnixNanoseconds"/>: its number.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.unix-nanoseconds")]
internal struct UnixNanosecondsSurrogate
{
    [Id(0)]
    public long Value;
}

[RegisterConverter]
internal sealed class UnixNanosecondsConverter : IConverter<UnixNanoseconds, UnixNanosecondsSurrogate>
{
    public UnixNanoseconds ConvertFromSurrogate(in UnixNanosecondsSurrogate surrogate) => new(surrogate.Value);

    public UnixNanosecondsSurrogate ConvertToSurrogate(in UnixNanoseconds value) => new() { Value = value.Value };
}
