using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>How a <see cref="Nonce"/> travels between silos: its bare number.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.nonce")]
internal struct NonceSurrogate
{
    [Id(0)]
    public ulong Value;
}

[RegisterConverter]
internal sealed class NonceConverter : IConverter<Nonce, NonceSurrogate>
{
    public Nonce ConvertFromSurrogate(in NonceSurrogate surrogate) => new(surrogate.Value);

    public NonceSurrogate ConvertToSurrogate(in Nonce value) => new() { Value = value.Value };
}
