using Mempulse.Net.Mempool;
using Mempulse.Net.Sources;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>The comparison with a pool and the polling of a filter, round by round on a clock that the test sets.</summary>
public sealed class PoolRoundTests
{
    private const string Pool = "txpool_content";
    private const string NewFilter = "eth_newPendingTransactionFilter";
    private const string Changes = "eth_getFilterChanges";

    private static readonly NodeReply s_busy = new NodeReply.Refusal(-32000, "busy, try again later");

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private int _calls;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Whether the pool grew (1) in each comparison after the first.</summary>
    [Theory]
    [InlineData("111")]
    [InlineData("11011101111")]
    [InlineData("101101110")]
    public async Task A_subscription_is_silent_after_three_comparisons_in_a_row_that_found_something(string growth)
    {
        int size = 0;
        int last = growth.IndexOf("111", StringComparison.Ordinal) + 3;
        await using var parts = await SourceParts.StartAsync((method, _) => method == Pool ? SourceParts.Pool(Enumerable.Range(0, Grown())) : "null", Each);

        var running = parts.Reconciler.RunAsync(parts.Client, Cancelled);
        await parts.StepUntilAsync(s_second, () => running.IsCompleted, "silent");

        var lost = await Assert.ThrowsAsync<SourceLostException>(() => running);
        Assert.Equal((SourceLossReason.Silent, last + 1), (lost.Reason, parts.Node.CallsTo(Pool)));

        int Grown()
        {
            int round = _calls++ - 1;
            return size += round >= 0 && round < growth.Length ? growth[round] - '0' : 0;
        }
    }

    [Fact]
    public async Task A_new_connection_counts_its_silent_comparisons_anew()
    {
        await using var parts = await SourceParts.StartAsync((method, _) => method == Pool ? SourceParts.Pool(Enumerable.Range(0, ++_calls)) : "null", Each);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var first = parts.Reconciler.RunAsync(parts.Client, stop.Token);
        await parts.StepUntilAsync(s_second, () => parts.Reconciler.FoundCount == 3, "two comparisons after the first");
        await SourceParts.EndAsync(stop, first);
        int before = parts.Node.CallsTo(Pool);

        var second = parts.Reconciler.RunAsync(parts.Client, Cancelled);
        await parts.StepUntilAsync(s_second, () => second.IsCompleted, "silent");

        await Assert.ThrowsAsync<SourceLostException>(() => second);
        Assert.Equal(before + 4, parts.Node.CallsTo(Pool));
    }

    [Fact]
    public async Task A_pool_that_cannot_be_read_now_is_read_in_the_next_round()
    {
        await using var parts = await SourceParts.StartAsync(static (method, _) => method == Pool ? SourceParts.Pool(1, 2) : "null", Each);
        parts.Node.Script = NodeScript.Honest with { Rules = [new NodeRule(Pool, s_busy) { LastCall = 1 }] };
        parts.Reconciler.Begin();

        Assert.Equal(0, await parts.Reconciler.CompareOnceAsync(parts.Client, Cancelled));
        Assert.Equal(2, await parts.Reconciler.CompareOnceAsync(parts.Client, Cancelled));

        Assert.Equal((0, 2L), (parts.Node.CallsTo("eth_getBlockByNumber"), parts.Reconciler.FoundCount));
    }

    [Fact]
    public async Task A_pool_too_large_for_a_message_is_compared_by_its_pending_block()
    {
        await using var parts = await SourceParts.StartAsync(
            static (method, _) => method == Pool ? SourceParts.Pool(Enumerable.Range(0, 100)) : $"{{\"transactions\":[\"{SourceParts.HashOf(1)}\",\"{SourceParts.HashOf(2)}\"]}}", Each, maxMessageBytes: 1 << 10);
        parts.Reconciler.Begin();

        Assert.Equal(2, await parts.Reconciler.CompareOnceAsync(parts.Client, Cancelled));
        Assert.Equal(0, await parts.Reconciler.CompareOnceAsync(parts.Client, Cancelled));

        Assert.Equal((1, 2L), (parts.Node.CallsTo(Pool), parts.Reconciler.FoundCount));
    }

    [Fact]
    public async Task An_entry_of_a_pool_that_is_no_transaction_is_a_counted_drop()
    {
        await using var parts = await SourceParts.StartAsync(static (_, _) => """{"pending":{"0x00":{"0":7,"1":{"hash":"0x12"}}},"queued":{}}""", Each);
        parts.Reconciler.Begin();

        Assert.Equal(0, await parts.Reconciler.CompareOnceAsync(parts.Client, Cancelled));

        Assert.Equal(2, parts.Drops(DropReason.InvalidProtocol));
    }

    [Fact]
    public async Task A_filter_is_created_once_although_the_node_is_busy_now_and_then()
    {
        await using var parts = await SourceParts.StartAsync(
            (method, _) => method switch
            {
                NewFilter => "\"0xf1\"",
                Changes => $"[\"{SourceParts.HashOf(_calls++)}\"]",
                _ => "{}",
            },
            Each);
        parts.Node.Script = NodeScript.Honest with
        {
            Rules =
            [
                new NodeRule(NewFilter, s_busy) { LastCall = 1 },
                .. Enumerable.Range(0, 10).Select(static i => new NodeRule(Changes, s_busy) { FirstCall = (2 * i) + 1, LastCall = (2 * i) + 1 }),
            ],
        };

        await RunPollerAsync(parts, () => parts.Node.CallsTo(Changes) >= 20);

        Assert.Equal(2, parts.Node.CallsTo(NewFilter));
        Assert.True(parts.Source.NotificationCount >= 8);
    }

    [Fact]
    public async Task A_filtered_pool_is_compared_at_the_start_and_after_each_interval()
    {
        await using var parts = await SourceParts.StartAsync(
            static (method, _) => method switch { NewFilter => "\"0xf1\"", Changes => "[]", _ => "{}" },
            static options => options with { PollInterval = s_second, ReconcileInterval = 10 * s_second });

        await RunPollerAsync(parts, () => parts.Node.CallsTo(Changes) == 35);

        Assert.Equal(1 + 3, parts.Node.CallsTo(Pool));
    }

    [Fact]
    public async Task Changes_that_are_not_a_list_are_a_counted_drop_and_no_changes_are_none()
    {
        await using var parts = await SourceParts.StartAsync(
            (method, _) => method switch { NewFilter => "\"0xf1\"", Changes => _calls++ % 2 == 0 ? "null" : "7", _ => "{}" }, Each);

        await RunPollerAsync(parts, () => parts.Drops(DropReason.InvalidProtocol) >= 3);

        Assert.InRange(parts.Node.CallsTo(Changes), 6, int.MaxValue);
    }

    private static RpcLaneOptions Each(RpcLaneOptions options) => options with { PollInterval = s_second, ReconcileInterval = s_second };

    private static async Task RunPollerAsync(SourceParts parts, Func<bool> until)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var running = parts.Poller.RunAsync(parts.Client, stop.Token);
        await parts.StepUntilAsync(s_second, until, "the rounds");
        await SourceParts.EndAsync(stop, running);
    }
}
