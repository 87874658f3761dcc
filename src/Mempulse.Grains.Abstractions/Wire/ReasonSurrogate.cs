using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="Reason"/>.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.reason")]
internal struct ReasonSurrogate
{
    [Id(0)]
    public string Verdict;

    [Id(1)]
    public EvidenceStrength Strength;

    [Id(2)]
    public string Sentence;

    [Id(3)]
    public Quantity[] Numbers;

    [Id(4)]
    public GlobalSeq[] Evidence;

    [Id(5)]
    public int EvidenceCount;

    [Id(6)]
    public string? WouldDecide;
}

[RegisterConverter]
internal sealed class ReasonConverter : IConverter<Reason, ReasonSurrogate>
{
    public Reason ConvertFromSurrogate(in ReasonSurrogate surrogate) => new(surrogate.Verdict, surrogate.Strength, surrogate.Sentence)
    {
        Numbers = surrogate.Numbers,
        Evidence = surrogate.Evidence,
        EvidenceCount = surrogate.EvidenceCount,
        WouldDecide = surrogate.WouldDecide,
    };

    public ReasonSurrogate ConvertToSurrogate(in Reason value) => new()
    {
        Verdict = value.Verdict,
        Strength = value.Strength,
        Sentence = value.Sentence,
        Numbers = [.. value.Numbers],
        Evidence = [.. value.Evidence],
        EvidenceCount = value.EvidenceCount,
        WouldDecide = value.WouldDecide,
    };
}
