using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>Overrides of an account before the bundle; null and empty members change nothing.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-override")]
public sealed record SimOverride
{
    /// <summary>The account.</summary>
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

    /// <summary>Storage slots and their values; other slots do not change.</summary>
    [Id(4)]
    public IReadOnlyList<SimSlot> Slots { get; init; } = [];
}
