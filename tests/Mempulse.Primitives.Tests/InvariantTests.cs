namespace Mempulse.Primitives.Tests;

/// <summary>Invariants are checked in every build.</summary>
public sealed class InvariantTests
{
    [Fact]
    public void A_broken_invariant_throws_with_its_number()
    {
        var thrown = Assert.Throws<InvariantBrokenException>(() => Invariant.That(1 > 2, "INV-00", "one is more than two"));

        Assert.Equal("INV-00: one is more than two", thrown.Message);
    }

    [Fact]
    public void A_true_condition_does_not_throw() => Invariant.That(2 > 1, "INV-00", "two is more than one");
}
