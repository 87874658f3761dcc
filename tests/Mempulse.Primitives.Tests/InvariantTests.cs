namespace Mempulse.Primitives.Tests;

/// <summary>Invariants stay on in every build.</summary>
public sealed class InvariantTests
{
    [Fact]
    public void A_broken_one_throws_with_its_number()
    {
        var thrown = Assert.Throws<InvariantBrokenException>(() => Invariant.That(1 > 2, "INV-00", "one is more than two"));

        Assert.Equal("INV-00: one is more than two", thrown.Message);
    }

    [Fact]
    public void One_that_holds_says_nothing() => Invariant.That(2 > 1, "INV-00", "two is more than one");
}
