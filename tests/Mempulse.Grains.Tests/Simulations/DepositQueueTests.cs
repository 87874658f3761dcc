using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Contents;
using Mempulse.Testing;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>Deposits are written in bounded batches, one at a time and in order; each caller gets its own receipt, and a batch that fails does not affect the next.</summary>
public sealed class DepositQueueTests
{
    private static readonly int[] s_sizes = [1, 60, 40, 60, 41, 500, 1];

    private readonly List<(IReadOnlyList<PreparedDeposit> Deposits, TaskCompletionSource<IReadOnlyList<SimReceipt>> Written)> _batches = [];

    [Fact]
    public async Task A_batch_has_at_most_its_number_and_the_rest_follows_in_order_and_only_then()
    {
        var queue = new DepositQueue(WriteAsync, maxDeposits: 3, maxBytes: 1_000);
        var receipts = Enumerable.Range(1, 8).Select(number => queue.AddAsync(Deposit((byte)number, 10))).ToList();

        Assert.Equal([[1]], Numbers());
        End(0);
        Assert.Equal([[1], [2, 3, 4]], Numbers());
        End(1);
        Assert.Equal([[1], [2, 3, 4], [5, 6, 7]], Numbers());
        End(2);
        End(3);

        Assert.Equal(Enumerable.Range(1, 8).Select(number => $"{number}"), (await Task.WhenAll(receipts)).Select(receipt => receipt.Problem));
        var later = queue.AddAsync(Deposit(9, 10));
        Assert.Equal([9], Numbers()[^1]);
        End(4);
        Assert.Equal("9", (await later).Problem);
    }

    [Fact]
    public async Task A_batch_has_exactly_its_bytes_and_a_larger_deposit_is_written_alone()
    {
        PreparedDeposit[] deposits = [.. s_sizes.Select((size, index) => Deposit((byte)index, size))];
        var queue = new DepositQueue(WriteAsync, maxDeposits: 64, maxBytes: deposits[1].StoredBytes + deposits[2].StoredBytes);
        var receipts = deposits.Select(queue.AddAsync).ToList();

        for (int batch = 0; batch < _batches.Count; batch++)
        {
            End(batch);
        }

        Assert.Equal([[0], [1, 2], [3], [4], [5], [6]], Numbers());
        Assert.Equal(Enumerable.Range(0, deposits.Length).Select(number => $"{number}"), (await Task.WhenAll(receipts)).Select(receipt => receipt.Problem));
    }

    [Fact]
    public async Task A_batch_that_fails_fails_its_callers_only()
    {
        var queue = new DepositQueue(WriteAsync);
        var first = queue.AddAsync(Deposit(1, 10));
        var second = queue.AddAsync(Deposit(2, 10));

        _batches[0].Written.SetException(new TimeoutException("The log does not answer."));
        Assert.Equal([[1], [2]], Numbers());
        End(1);

        Assert.Equal("2", (await second).Problem);
        Assert.Equal("The log does not answer.", (await Assert.ThrowsAsync<TimeoutException>(() => first)).Message);
    }

    private static PreparedDeposit Deposit(byte number, int sizeBytes)
    {
        byte[] bytes = new SeededBytes(number).Next(sizeBytes);
        return new PreparedDeposit(new SimDeposit(new EventBatch(LaneId.Of("sim")), new[] { number }, default, null, null), [PreparedContent.Of(ContentKind.Witness, bytes)]);
    }

    private Task<IReadOnlyList<SimReceipt>> WriteAsync(IReadOnlyList<PreparedDeposit> deposits)
    {
        var written = new TaskCompletionSource<IReadOnlyList<SimReceipt>>(); // completed by the test, and the queue goes on before that returns
        _batches.Add((deposits, written));
        return written.Task;
    }

    private void End(int batch) => _batches[batch].Written.SetResult([.. _batches[batch].Deposits.Select(deposit => new SimReceipt(null, $"{deposit.Deposit.Witness.Span[0]}"))]);

    private List<List<int>> Numbers() => [.. _batches.Select(batch => batch.Deposits.Select(deposit => (int)deposit.Deposit.Witness.Span[0]).ToList())];
}
