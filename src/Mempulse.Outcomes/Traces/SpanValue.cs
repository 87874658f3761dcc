namespace Mempulse.Outcomes.Traces;

/// <summary>The value of an attribute.</summary>
public abstract record SpanValue
{
    private SpanValue()
    {
    }

    /// <summary>A text.</summary>
    public sealed record OfText(string Value) : SpanValue;

    /// <summary>A number.</summary>
    public sealed record OfNumber(ulong Value) : SpanValue;

    /// <summary>Yes or no.</summary>
    public sealed record OfFlag(bool Value) : SpanValue;

    /// <summary>Several numbers.</summary>
    public sealed record OfNumbers(IReadOnlyList<ulong> Values) : SpanValue;
}
