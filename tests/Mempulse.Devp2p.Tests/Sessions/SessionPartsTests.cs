using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Tests.Rlpx;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Devp2p.Tests.Sessions;

/// <summary>The limits of one session at their exact values, reached and released more than once.</summary>
public sealed class SessionPartsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exactly_as_many_requests_are_pending_as_allowed_and_each_end_frees_a_place()
    {
        var requests = new PendingRequests(3);
        for (int round = 0; round < 3; round++)
        {
            var pending = Enumerable.Range(0, 3).Select(_ => requests.TryAdd(typeof(EthMessage.PooledTransactions))!.Value).ToList();
            Assert.Null(requests.TryAdd(typeof(EthMessage.PooledTransactions)));
            Assert.Equal(3, pending.Select(static request => request.Id).Distinct().Count());

            Assert.True(requests.TryComplete(new EthMessage.PooledTransactions(pending[0].Id, [])));
            Assert.Equal(pending[0].Id, (await pending[0].Answer)!.RequestId);
            requests.Forget(pending[1].Id);
            requests.Forget(pending[2].Id);
        }
    }

    [Fact]
    public async Task An_answer_completes_its_request_once_and_only_with_its_type_and_id()
    {
        var requests = new PendingRequests(3);
        var (id, answer) = requests.TryAdd(typeof(EthMessage.PooledTransactions))!.Value;

        Assert.False(requests.TryComplete(new EthMessage.PooledTransactions(id + 1, [])));
        Assert.False(requests.TryComplete(new EthMessage.BlockBodies(id, [])));
        Assert.False(answer.IsCompleted);
        Assert.True(requests.TryComplete(new EthMessage.PooledTransactions(id, [])));
        Assert.False(requests.TryComplete(new EthMessage.PooledTransactions(id, [])));
        Assert.NotNull(await answer);
    }

    [Fact]
    public async Task When_the_peer_is_gone_every_request_ends_and_none_is_added()
    {
        var requests = new PendingRequests(3);
        var pending = Enumerable.Range(0, 2).Select(_ => requests.TryAdd(typeof(EthMessage.PooledTransactions))!.Value).ToList();

        requests.Close();

        Assert.All(await Task.WhenAll(pending.Select(static request => request.Answer)), Assert.Null);
        Assert.Null(requests.TryAdd(typeof(EthMessage.PooledTransactions)));
    }

    [Fact]
    public void A_bucket_gives_exactly_its_burst_and_refills_at_its_rate_up_to_the_burst()
    {
        var time = new FakeTimeProvider();
        var bucket = new TokenBucket(perSecond: 10, burst: 25, time);
        Assert.Equal((true, false), (bucket.TryTake(25), bucket.TryTake(1)));

        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal((false, true, false), (bucket.TryTake(6), bucket.TryTake(5), bucket.TryTake(1)));

        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((false, true, false), (bucket.TryTake(26), bucket.TryTake(25), bucket.TryTake(1)));
    }

    [Theory]
    [InlineData(PeerOffence.Flood, 1)]
    [InlineData(PeerOffence.NoAnswer, 2)]
    [InlineData(PeerOffence.UnsolicitedAnswer, 5)]
    [InlineData(PeerOffence.AnnouncementMismatch, 20)]
    [InlineData(PeerOffence.InvalidTransaction, 20)]
    [InlineData(PeerOffence.InvalidReceipts, 20)]
    public void Offences_have_their_documented_points(PeerOffence offence, int points) => Assert.Equal(points, OffencePoints.Of(offence));

    [Theory]
    [InlineData(20, 1 << 20, 10, 20)] // messages
    [InlineData(1_000, 1 << 20, 1 << 18, 4)] // bytes
    public async Task A_send_queue_holds_exactly_its_limit_gives_everything_back_and_is_filled_again(int maxMessages, int maxBytes, int size, int expected)
    {
        var budget = new MemoryBudget(1 << 24);
        var account = new MemoryAccount(budget, static _ => { });
        var options = new SessionOptions { OutboxMessages = maxMessages, OutboxBytes = maxBytes };
        for (int round = 0; round < 2; round++)
        {
            var wire = new MemoryStream();
            await using var connection = new RlpxConnection(wire, NodeKey.Create().Id, FrameTests.Handshake().Initiator);
            var outbox = new PeerOutbox(connection, options, account, TimeProvider.System);
            int posted = 0;
            while (outbox.TryPost(3, new byte[size]))
            {
                posted++;
            }

            Assert.Equal((expected, (long)expected * size), (posted, budget.HeldBytes));
            Assert.False(outbox.TryPost(3, new byte[size])); // what is refused takes no room
            Assert.Equal((long)expected * size, budget.HeldBytes);

            var sending = outbox.RunAsync(Token);
            await Until.TrueAsync(() => budget.HeldBytes == 0, "all sent");
            Assert.True(outbox.TryPost(3, new byte[size]));
            outbox.Complete();
            await sending;
            Assert.Equal(0, budget.HeldBytes);
            Assert.False(outbox.TryPost(3, [1]));
            Assert.Equal(0, budget.HeldBytes);
        }
    }

    [Fact]
    public async Task A_deadline_blames_the_peer_only_if_it_expired_itself()
    {
        var time = new FakeTimeProvider();
        using var stop = new CancellationTokenSource();
        async ValueTask Never(CancellationToken token) => await Task.Delay(Timeout.Infinite, token);

        var late = Deadline.RunAsync(Never, TimeSpan.FromSeconds(2), time, "late", stop.Token).AsTask();
        time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.False(late.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        var fault = await Assert.ThrowsAsync<PeerFaultException>(() => late);
        Assert.Equal((DisconnectReason.Timeout, "late"), (fault.Reason, fault.Message));

        var stopped = Deadline.RunAsync(Never, TimeSpan.FromSeconds(2), time, "late", stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
    }

    [Fact]
    public void A_replay_is_known_for_exactly_as_many_handshakes_as_are_remembered_round_after_round()
    {
        const int remembered = 16 * 1024;
        var guard = new ReplayGuard();
        for (int i = 0; i < 2 * remembered; i++)
        {
            Assert.True(guard.TryAdd(Number(i)));
        }

        Assert.False(guard.TryAdd(Number(remembered)));
        Assert.True(guard.Contains(Number(remembered)));
        Assert.False(guard.Contains(Number(remembered - 1)));
        Assert.True(guard.TryAdd(Number(remembered - 1)));
        Assert.False(guard.Contains(Number(remembered)));
    }

    private static Hash256 Number(int value)
    {
        byte[] bytes = new byte[Hash256.Size];
        BitConverter.TryWriteBytes(bytes, value);
        return new Hash256(bytes);
    }
}
