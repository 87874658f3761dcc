using CsCheck;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Tests.Records;

/// <summary>Positions are ordered by cause, then number.</summary>
public sealed class LaneSequenceTests
{
    private static readonly Gen<LaneSequence> Position =
        Gen.Select(Gen.ULong[0, 3], Gen.ULong[0, 3], (cause, local) => new LaneSequence(new GlobalSeq(cause), local));

    [Fact]
    public void The_order_is_total_and_lexicographic() => Gen.Select(Position, Position).Sample((left, right) =>
    {
        int expected = (left.Cause.Value, left.LocalSeq).CompareTo((right.Cause.Value, right.LocalSeq));

        Assert.Equal(Math.Sign(expected), Math.Sign(left.CompareTo(right)));
        Assert.Equal((expected < 0, expected > 0, expected <= 0, expected >= 0), (left < right, right < left, left <= right, right <= left));
        Assert.Equal(expected > 0, left > right);
        Assert.Equal(expected >= 0, left >= right);
        Assert.Equal(expected == 0, left == right);
    });
}
