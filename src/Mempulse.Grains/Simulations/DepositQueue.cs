using Mempulse.Grains.Abstractions.Simulations;

namespace Mempulse.Grains.Simulations;

/// <summary>Writes deposits in batches, one batch at a time, in the order they were added. Those added while a batch is being written form the next one.</summary>
/// <remarks>Used by one grain: calls do not run in parallel.</remarks>
/// <param name="write">Writes a batch; returns a receipt for each of its deposits.</param>
/// <param name="maxDeposits">The maximum number of deposits in a batch.</param>
/// <param name="maxBytes">The maximum number of compressed bytes in a batch, unless a single deposit has more.</param>
internal sealed class DepositQueue(
    Func<IReadOnlyList<PreparedDeposit>, Task<IReadOnlyList<SimReceipt>>> write, int maxDeposits = DepositQueue.DefaultMaxDeposits, long maxBytes = DepositQueue.DefaultMaxBytes)
{
    public const int DefaultMaxDeposits = 64;
    public const long DefaultMaxBytes = 32L << 20;

    private readonly Queue<(PreparedDeposit Deposit, TaskCompletionSource<(Task<IReadOnlyList<SimReceipt>> Receipts, int Index)> Place)> _waiting = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>Adds a deposit and returns its receipt once its batch is written.</summary>
    public async Task<SimReceipt> AddAsync(PreparedDeposit deposit)
    {
        var place = new TaskCompletionSource<(Task<IReadOnlyList<SimReceipt>> Receipts, int Index)>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((deposit, place));
        if (_writing.IsCompleted)
        {
            _writing = WriteAllAsync();
        }

        var (receipts, index) = await place.Task;
        return (await receipts)[index];
    }

    private async Task WriteAllAsync()
    {
        while (_waiting.Count > 0)
        {
            var deposits = new List<PreparedDeposit>();
            var places = new List<TaskCompletionSource<(Task<IReadOnlyList<SimReceipt>> Receipts, int Index)>>();
            long bytes = 0;
            while (deposits.Count < maxDeposits && _waiting.TryPeek(out var next) && (deposits.Count == 0 || bytes + next.Deposit.StoredBytes <= maxBytes))
            {
                _waiting.Dequeue();
                deposits.Add(next.Deposit);
                places.Add(next.Place);
                bytes += next.Deposit.StoredBytes;
            }

            // Every caller in the batch gets its outcome, also a failure; the next batch is independent.
            var written = write(deposits);
            for (int i = 0; i < places.Count; i++)
            {
                places[i].SetResult((written, i));
            }

            await ((Task)written).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
