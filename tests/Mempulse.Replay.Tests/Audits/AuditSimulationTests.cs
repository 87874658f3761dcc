using Mempulse.Testing.Audits;

namespace Mempulse.Replay.Tests.Audits;

/// <summary>Strong statements of audits against what is true in simulated networks.</summary>
public sealed class AuditSimulationTests(ITestOutputHelper output)
{
    private const int OneIn = 1_000;

    [Theory]
    [InlineData(20_261_130, 100_000)]
    [InlineData(1, 30_000)]
    [InlineData(2, 30_000)]
    public void A_strong_missing_is_wrong_in_at_most_one_of_a_thousand_simulated_transactions_and_in_one_of_a_hundred_statements(ulong seed, int transactions)
    {
        var truth = AuditTruth.Run(seed, transactions);

        foreach (var (name, count) in truth.Claims)
        {
            output.WriteLine($"{name}: {count}");
        }

        output.WriteLine(truth.ToString());
        Assert.True(truth.Transactions >= transactions);
        Assert.True(truth.Strong >= transactions / OneIn, $"only {truth.Strong} strong statements: the audit has to say something");
        Assert.True(truth.Wrong <= transactions / OneIn, $"{truth.Wrong} strong statements are wrong");
        Assert.True(truth.Wrong * 100 <= truth.Strong, $"{truth.Wrong} of {truth.Strong} strong statements are wrong");
        truth.Story.Engine.AssertInvariants();
    }
}
