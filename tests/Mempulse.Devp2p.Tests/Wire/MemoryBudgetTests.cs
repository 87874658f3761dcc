using CsCheck;
using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Tests.Wire;

/// <summary>What all peers together may make a node hold.</summary>
public sealed class MemoryBudgetTests
{
    private const int Limit = 1_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_finds_no_room_waits_and_whoever_holds_most_is_let_go_to_make_room()
    {
        var budget = new MemoryBudget(Limit);
        int evictions = 0;
        var heavy = new MemoryAccount(budget, _ => evictions++);
        var light = new MemoryAccount(budget, _ => Assert.Fail("the light one is let go"));
        await heavy.TakeAsync(700, Token);
        await light.TakeAsync(200, Token);

        var waiting = light.TakeAsync(200, Token).AsTask();

        Assert.Equal((1, false), (evictions, waiting.IsCompleted));
        heavy.Close();
        await waiting;
        Assert.Equal(400, budget.HeldBytes);
    }

    [Fact]
    public async Task Who_holds_most_itself_goes_and_who_cannot_wait_is_told()
    {
        var budget = new MemoryBudget(Limit);
        string sentence = string.Empty;
        var heavy = new MemoryAccount(budget, said => sentence = said);
        var light = new MemoryAccount(budget, _ => Assert.Fail("the light one is let go"));
        await heavy.TakeAsync(900, Token);

        var fault = await Assert.ThrowsAsync<PeerFaultException>(async () => await heavy.TakeAsync(200, Token));

        Assert.Equal(DisconnectReason.UselessPeer, fault.Reason);
        Assert.False(heavy.TryTakeNow(200));
        Assert.True(light.TryTakeNow(200));
        Assert.Contains("900", sentence, StringComparison.Ordinal);
        heavy.Close();
        heavy.Release(900); // twice is once
        Assert.Equal(200, budget.HeldBytes);
    }

    [Fact]
    public void The_limit_holds_whatever_is_taken_and_given_back() => Gen.Select(Gen.Int[0, 3], Gen.Int[-400, 400]).Array[1, 100].Sample(
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
