using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>What a caller wants an account to be before the bundle; null and empty leave it as it is.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-override")]
public sealed record SimOverride
{
    /// <summary>Which account.</summary>
    [Id(0)]
    public required Address Address { get; init; }

    /// <summary>Its balance.</summary>
    [Id(1)]
    public Wei? Balance { get; init; }

    /// <summary>Its nonce.</summary>
    [Id(2)]
    public Nonce? Nonce { get; init; }

    /// <summary>Its code.</summary>
    [Id(3)]
    public ReadOnlyMemory<byte>? Code { get; init; }

    /// <summary>Slots of its storage, key and value; the others stay.</summary>
    [Id(4)]
    public IReadOnlyList<SimSlot> Slots { get; init; } = [];
}
