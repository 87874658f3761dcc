using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Contents;
using Mempulse.Testing;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>Deposits are stored and appended in bounded batches, in order, one stored while the one before it is appended; each caller gets its own receipt, and a batch that fails does not affect the next.</summary>
public sealed class DepositQueueTests
{
    private static readonly int[] s_sizes = [1, 60, 40, 60, 41, 500, 1];

    private readonly List<(IReadOnlyList<PreparedDeposit> Deposits, TaskCompletionSource Stored)> _batches = [];
    private readonly List<(int Batch, TaskCompletionSource<IReadOnlyList<SimReceipt>> Appended)> _appends = [];

    [Fact]
    public Task A_batch_has_at_most_its_number_and_the_rest_follows_in_order_and_only_then() => AsGrainAsync(async () =>
    {
        var queue = new DepositQueue(StoreAsync, maxDeposits: 3, maxBytes: 1_000);
        var receipts = Enumerable.Range(1, 8).Select(number => queue.AddAsync(Deposit((byte)number, 10))).ToList();

        Assert.Equal([[1]], Numbers());
        await EndAsync(0);
        Assert.Equal([[1], [2, 3, 4]], Numbers());
        await EndAsync(1);
        Assert.Equal([[1], [2, 3, 4], [5, 6, 7]], Numbers());
        await EndAsync(2);
        await EndAsync(3);

        Assert.Equal(Enumerable.Range(1, 8).Select(number => $"{number}"), (await Task.WhenAll(receipts)).Select(receipt => receipt.Problem));
        var later = queue.AddAsync(Deposit(9, 10));
        Assert.Equal([9], Numbers()[^1]);
        await EndAsync(4);
        Assert.Equal("9", (await later).Problem);
    });

    [Fact]
    public Task A_batch_has_exactly_its_bytes_and_a_larger_deposit_is_written_alone() => AsGrainAsync(async () =>
    {
        PreparedDeposit[] deposits = [.. s_sizes.Select((size, index) => Deposit((byte)index, size))];
        var queue = new DepositQueue(StoreAsync, maxDeposits: 64, maxBytes: deposits[1].StoredBytes + deposits[2].StoredBytes);
        var receipts = deposits.Select(queue.AddAsync).ToList();

        for (int batch = 0; batch < _batches.Count; batch++)
        {
            await EndAsync(batch);
        }

        Assert.Equal([[0], [1, 2], [3], [4], [5], [6]], Numbers());
        Assert.Equal(Enumerable.Range(0, deposits.Length).Select(number => $"{number}"), (await Task.WhenAll(receipts)).Select(receipt => receipt.Problem));
    });

    [Fact]
    public Task A_batch_has_at_most_the_contents_that_can_be_stored_together() => AsGrainAsync(async () =>
    {
        PreparedContent[] codes = [.. Enumerable.Range(0, (ContentStore.MaxBatch / 4) - 1).Select(static number => PreparedContent.Of(ContentKind.Code, new[] { (byte)number }))];
        var queue = new DepositQueue(StoreAsync);
        var receipts = Enumerable.Range(1, 9).Select(number => queue.AddAsync(Deposit((byte)number, 1, number == 6 ? [codes[0], .. codes] : codes))).ToList();

        for (int batch = 0; batch < _batches.Count; batch++)
        {
            await EndAsync(batch);
        }

        Assert.Equal([[1], [2, 3, 4, 5], [6, 7, 8], [9]], Numbers());
        await Task.WhenAll(receipts);
    });

    [Fact]
    public Task A_batch_that_fails_fails_its_callers_only() => AsGrainAsync(async () =>
    {
        var queue = new DepositQueue(StoreAsync);
        var first = queue.AddAsync(Deposit(1, 10));
        var second = queue.AddAsync(Deposit(2, 10));

        _batches[0].Stored.SetResult();
        await SettleAsync();
        _appends[0].Appended.SetException(new TimeoutException("The log does not answer."));
        await SettleAsync();
        Assert.Equal([[1], [2]], Numbers());
        await EndAsync(1);

        Assert.Equal("2", (await second).Problem);
        Assert.Equal("The log does not answer.", (await Assert.ThrowsAsync<TimeoutException>(() => first)).Message);
    });

    [Fact]
    public Task A_batch_that_cannot_be_stored_fails_its_callers_only() => AsGrainAsync(async () =>
    {
        var queue = new DepositQueue(StoreAsync);
        var first = queue.AddAsync(Deposit(1, 10));
        var second = queue.AddAsync(Deposit(2, 10));

        _batches[0].Stored.SetException(new TimeoutException("The disk does not answer."));
        await SettleAsync();
        await EndAsync(1);

        Assert.Equal("2", (await second).Problem);
        Assert.Equal("The disk does not answer.", (await Assert.ThrowsAsync<TimeoutException>(() => first)).Message);
        Assert.Equal([1], _appends.Select(static append => append.Batch));
    });

    [Fact]
    public Task A_batch_is_stored_while_the_one_before_it_is_appended_and_appended_only_after_it() => AsGrainAsync(async () =>
    {
        var queue = new DepositQueue(StoreAsync, maxDeposits: 1);
        var receipts = Enumerable.Range(1, 4).Select(number => queue.AddAsync(Deposit((byte)number, 10))).ToList();

        _batches[0].Stored.SetResult();
        await SettleAsync(); // its append begins
        Assert.Equal([[1], [2]], Numbers());
        _batches[1].Stored.SetResult();
        await SettleAsync();
        Assert.Equal([0], _appends.Select(static append => append.Batch));
        Assert.Equal([[1], [2]], Numbers()); // two are under way at most

        await EndAsync(0);
        Assert.Equal([0, 1], _appends.Select(static append => append.Batch));
        Assert.Equal([[1], [2], [3]], Numbers());

        _batches[2].Stored.SetResult();
        await SettleAsync();
        var later = queue.AddAsync(Deposit(5, 10));
        Assert.Equal([0, 1], _appends.Select(static append => append.Batch));
        for (int batch = 1; batch < 5; batch++)
        {
            await EndAsync(batch);
        }

        Assert.Equal(["1", "2", "3", "4", "5"], (await Task.WhenAll([.. receipts, later])).Select(receipt => receipt.Problem));
        Assert.Equal([0, 1, 2, 3, 4], _appends.Select(static append => append.Batch));
    });

    private static PreparedDeposit Deposit(byte number, int sizeBytes, params IReadOnlyList<PreparedContent> codes)
    {
        byte[] bytes = new SeededBytes(number).Next(sizeBytes);
        return new PreparedDeposit(new SimDeposit(new EventBatch(LaneId.Of("sim")), new[] { number }, default, null, null, []), [PreparedContent.Of(ContentKind.Witness, bytes)], codes);
    }

    /// <summary>Stores and appends when the test says so.</summary>
    private async Task<Func<Task<IReadOnlyList<SimReceipt>>>> StoreAsync(IReadOnlyList<PreparedDeposit> deposits)
    {
        var (batch, stored) = (_batches.Count, new TaskCompletionSource());
        _batches.Add((deposits, stored));
        await stored.Task;
        return () =>
        {
            var appended = new TaskCompletionSource<IReadOnlyList<SimReceipt>>();
            _appends.Add((batch, appended));
            return appended.Task;
        };
    }

    private async Task EndAsync(int batch)
    {
        _batches[batch].Stored.TrySetResult();
        await SettleAsync();
        _appends.Single(append => append.Batch == batch).Appended.SetResult([.. _batches[batch].Deposits.Select(deposit => new SimReceipt(null, $"{deposit.Deposit.Witness.Span[0]}"))]);
        await SettleAsync();
    }

    /// <summary>Runs a test as a grain runs: one task at a time, in the order in which they become ready.</summary>
    private static Task AsGrainAsync(Func<Task> test) =>
        Task.Factory.StartNew(test, TestContext.Current.CancellationToken, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    /// <summary>Lets everything run that is ready, and what becomes ready by that.</summary>
    private static async Task SettleAsync()
    {
        for (int turn = 0; turn < 32; turn++)
        {
            await Task.Yield();
        }
    }

    private List<List<int>> Numbers() => [.. _batches.Select(batch => batch.Deposits.Select(deposit => (int)deposit.Deposit.Witness.Span[0]).ToList())];
}
