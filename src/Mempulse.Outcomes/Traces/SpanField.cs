using Mempulse.Primitives;

namespace Mempulse.Outcomes.Traces;

/// <summary>A named value of a span.</summary>
/// <param name="Name">Its name: "mempulse." and lower-case words.</param>
/// <param name="Value">Its value.</param>
public readonly record struct SpanField(string Name, SpanValue Value)
{
    internal static SpanField Text(string name, string text) => new(name, new SpanValue.OfText(text));

    internal static SpanField Id(string name, Hash256 id) => new(name, new SpanValue.OfText(id.ToString()));

    internal static SpanField Number(string name, ulong number) => new(name, new SpanValue.OfNumber(number));

    internal static SpanField Flag(string name, bool flag) => new(name, new SpanValue.OfFlag(flag));

    internal static SpanField Positions(string name, IEnumerable<GlobalSeq> positions) =>
        new(name, new SpanValue.OfNumbers([.. positions.Select(static position => position.Value)]));
}
