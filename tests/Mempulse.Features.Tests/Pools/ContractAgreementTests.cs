using Mempulse.Testing.Pools;

namespace Mempulse.Features.Tests.Pools;

/// <summary>Random swaps of every family against the contract's code in our own EVM. The benchmark runs 10,000 of each.</summary>
public sealed class ContractAgreementTests
{
    private const int Swaps = 250;

    public static TheoryData<string> Families => [.. PoolFamily.All.Select(static family => family.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Swaps_are_those_of_the_contract(string name)
    {
        var run = PoolFamily.All.Single(family => family.Name == name).Run(Swaps, seed: 20_261_129);

        Assert.True(run.Differences == 0, $"{run.Differences} differences; {run.First}");
        Assert.True(run.Filled >= Swaps / 4, $"only {run.Filled} of {run.Swaps} swaps are filled");
    }
}
