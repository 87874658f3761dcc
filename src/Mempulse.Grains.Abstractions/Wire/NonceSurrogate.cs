using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="Nonce"/>: its number.</summary>
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
