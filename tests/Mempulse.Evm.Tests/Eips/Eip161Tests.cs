using Mempulse.Ethereum.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Spurious Dragon: empty accounts are not created, and are removed when touched.</summary>
public sealed class Eip161Tests
{
    private const string CallStranger = "6000600060006000600061aaaa6000f1";

    [Theory]
    [InlineData(Fork.TangerineWhistle, 21 + 700 + 25_000, true)]
    [InlineData(Fork.SpuriousDragon, 21 + 700, false)]
    public void A_call_without_value_creates_no_account(Fork fork, long gas, bool exists)
    {
        var result = new Trial(fork, CallStranger).Run();

        Assert.Equal((gas, exists), (result.Gas, Exists(result, Trial.Stranger)));
    }

    [Theory]
    [InlineData(Fork.TangerineWhistle, true)]
    [InlineData(Fork.SpuriousDragon, false)]
    public void A_touched_empty_account_is_removed(Fork fork, bool exists) =>
        Assert.Equal(exists, Exists(new Trial(fork, CallStranger).With(Trial.Stranger).Run(), Trial.Stranger));

    [Theory]
    [InlineData(Fork.TangerineWhistle, 0UL)]
    [InlineData(Fork.SpuriousDragon, 1UL)]
    public void A_new_contract_starts_at_nonce_1(Fork fork, ulong nonce)
    {
        var result = new Trial(fork).Creating("600160005360016000f3").Run();

        Assert.Equal(nonce, result.State.NonceOf(result.Executed.Created!.Value));
    }

    private static bool Exists(TrialResult result, Address address) => result.State.Images().Single(image => image.Address == address).Exists;
}
