using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Tests.Audits;

/// <summary>Strong statements of audits against what is true in a simulated network.</summary>
public sealed class AuditSimulationTests(ITestOutputHelper output)
{
    private const int Transactions = 100_000;
    private const int OneIn = 1_000;

    [Fact]
    public void A_strong_missing_is_wrong_in_at_most_one_of_a_thousand_of_100_000_simulated_transactions()
    {
        const ulong seed = 20_261_130;
        var network = new SimulatedNetwork(seed);
        var claims = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (strong, wrong) = (new SortedSet<Hash256>(), new SortedSet<Hash256>());

        network.Run(Transactions, (number, truth) =>
        {
            var block = truth.Story.Engine.Audits.Blocks()[0];
            var audit = truth.Story.Engine.Audits.Find(block.Hash)!;
            var byHash = truth.LatestByHash();
            foreach (var tx in audit.Actual.Concat(audit.Expected.Where(static tx => tx.Index is null)))
            {
                string name = $"{tx.Class}, {tx.Strength}";
                claims[name] = claims.GetValueOrDefault(name) + 1;
                if (tx is { Class: AuditClass.Missing, Strength: EvidenceStrength.Strong })
                {
                    strong.Add(tx.Hash);
                    if (byHash[tx.Hash].CouldBeIn != number)
                    {
                        wrong.Add(tx.Hash);
                    }
                }
            }
        });

        foreach (var (name, count) in claims)
        {
            output.WriteLine($"{name}: {count}");
        }

        output.WriteLine($"seed {seed}: {network.Count} transactions, {strong.Count} strong missing, {wrong.Count} of them wrong");
        Assert.True(network.Count >= Transactions);
        Assert.True(strong.Count >= 100, $"only {strong.Count} strong statements: the audit has to say something");
        Assert.True(wrong.Count <= Transactions / OneIn, $"{wrong.Count} strong statements are wrong");
        network.Story.Engine.AssertInvariants();
    }
}
