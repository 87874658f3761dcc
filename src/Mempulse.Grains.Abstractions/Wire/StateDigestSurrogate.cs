using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="StateDigest"/>.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.state-digest")]
internal struct StateDigestSurrogate
{
    [Id(0)]
    public UInt128 Value;
}

[RegisterConverter]
internal sealed class StateDigestConverter : IConverter<StateDigest, StateDigestSurrogate>
{
    public StateDigest ConvertFromSurrogate(in StateDigestSurrogate surrogate) => new(surrogate.Value);

    public StateDigestSurrogate ConvertToSurrogate(in StateDigest value) => new() { Value = value.Value };
}
