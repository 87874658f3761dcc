using Mempulse.Primitives;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="WhyAnswer"/>.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.why-answer")]
internal struct WhyAnswerSurrogate
{
    [Id(0)]
    public string Subject;

    [Id(1)]
    public Hash256 SubjectId;

    [Id(2)]
    public ChainId Chain;

    [Id(3)]
    public string State;

    [Id(4)]
    public GlobalSeq AsOf;

    [Id(5)]
    public UnixNanoseconds AsOfTime;

    [Id(6)]
    public Reason[] Reasons;

    [Id(7)]
    public bool IsTruncated;
}

[RegisterConverter]
internal sealed class WhyAnswerConverter : IConverter<WhyAnswer, WhyAnswerSurrogate>
{
    public WhyAnswer ConvertFromSurrogate(in WhyAnswerSurrogate surrogate) => new()
    {
        Subject = surrogate.Subject,
        Id = surrogate.SubjectId,
        Chain = surrogate.Chain,
        State = surrogate.State,
        AsOf = surrogate.AsOf,
        AsOfTime = surrogate.AsOfTime,
        Reasons = surrogate.Reasons,
        IsTruncated = surrogate.IsTruncated,
    };

    public WhyAnswerSurrogate ConvertToSurrogate(in WhyAnswer value) => new()
    {
        Subject = value.Subject,
        SubjectId = value.Id,
        Chain = value.Chain,
        State = value.State,
        AsOf = value.AsOf,
        AsOfTime = value.AsOfTime,
        Reasons = [.. value.Reasons],
        IsTruncated = value.IsTruncated,
    };
}
