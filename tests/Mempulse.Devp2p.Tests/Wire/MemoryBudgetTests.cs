using CsCheck;
using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Tests.Wire;

/// <summary>The memory limit over all peers.</summary>
public sealed class MemoryBudgetTests
{
    private const int Limit = 1_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_the_limit_the_caller_waits_and_the_heaviest_account_is_evicted()
    {
        var budget = new MemoryBudget(Limit);
        int evictions = 0;
        var heavy = new MemoryAccount(budget, _ => evictions++);
        var light = new MemoryAccount(budget, _ => Assert.Fail("the light account is evicted"));
        await heavy.TakeAsync(700, Token);
        await light.TakeAsync(200, Token);

        var waiting = light.TakeAsync(200, Token).AsTask();

        Assert.Equal((1, false), (evictions, waiting.IsCompleted));
        heavy.Close();
        await waiting;
        Assert.Equal(400, budget.HeldBytes);
    }

    [Fact]
    public async Task The_heaviest_account_fails_itself_and_a_caller_that_cannot_wait_gets_false()
    {
        var budget = new MemoryBudget(Limit);
        string message = string.Empty;
        var heavy = new MemoryAccount(budget, text => message = text);
        var light = new MemoryAccount(budget, _ => Assert.Fail("the light account is evicted"));
        await heavy.TakeAsync(900, Token);

        var fault = await Assert.ThrowsAsync<PeerFaultException>(async () => await heavy.TakeAsync(200, Token));

        Assert.Equal(DisconnectReason.UselessPeer, fault.Reason);
        Assert.False(heavy.TryTakeNow(200));
        Assert.True(light.TryTakeNow(200));
        Assert.Contains("900", message, StringComparison.Ordinal);
        heavy.Close();
        heavy.Release(900); // releasing twice has no effect
        Assert.Equal(200, budget.HeldBytes);
    }

    [Fact]
    public void The_limit_holds_for_any_sequence_of_takes_and_releases() => Gen.Select(Gen.Int[0, 3], Gen.Int[-400, 400]).Array[1, 100].Sample(
        steps =>
        {
            var budget = new MemoryBudget(Limit);
            var accounts = Enumerable.Range(0, 4).Select(_ => new MemoryAccount(budget, static _ => { })).ToArray();
            foreach (var (at, bytes) in steps)
            {
                if (bytes < 0)
                {
                    accounts[at].Release(-bytes);
                }
                else if (budget.HeldBytes + bytes <= Limit)
                {
                    Assert.True(accounts[at].TryTakeNow(bytes));
                }

                Assert.InRange(budget.HeldBytes, 0, Limit);
                Assert.Equal(budget.HeldBytes, accounts.Sum(account => account.HeldBytes));
            }

            Array.ForEach(accounts, account => account.Close());
            Assert.Equal(0, budget.HeldBytes);
        },
        iter: 500);
}
