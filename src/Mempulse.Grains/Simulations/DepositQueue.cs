using System.Runtime.CompilerServices;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Simulations;

/// <summary>Stores and appends deposits in batches, in the order they were added. Those added while a batch is stored form the next one.</summary>
/// <remarks>
/// Used by one grain: calls do not run in parallel. One batch is stored while the one before it is appended. A batch is appended when it is stored and the one
/// before it is appended, so the lane's sequence rises.
/// </remarks>
/// <param name="store">Stores the contents of a batch; returns what appends its facts and gives a receipt for each of its deposits.</param>
/// <param name="maxDeposits">The maximum number of deposits in a batch.</param>
/// <param name="maxBytes">The maximum number of compressed bytes in a batch, unless a single deposit has more.</param>
internal sealed class DepositQueue(
    Func<IReadOnlyList<PreparedDeposit>, Task<Func<Task<IReadOnlyList<SimReceipt>>>>> store, int maxDeposits = DepositQueue.DefaultMaxDeposits, long maxBytes = DepositQueue.DefaultMaxBytes)
{
    public const int DefaultMaxDeposits = 64;
    public const long DefaultMaxBytes = 32L << 20;

    private readonly Queue<(PreparedDeposit Deposit, TaskCompletionSource<(Task<IReadOnlyList<SimReceipt>> Receipts, int Index)> Place)> _waiting = new();
    private Task _writing = Task.CompletedTask;
    private Task _appending = Task.CompletedTask;

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
            var (bytes, contents) = (0L, 0);
            while (deposits.Count < maxDeposits && _waiting.TryPeek(out var next) && (deposits.Count == 0 || (bytes + next.Deposit.StoredBytes <= maxBytes && contents + next.Deposit.ContentCount <= ContentStore.MaxBatch)))
            {
                _waiting.Dequeue();
                deposits.Add(next.Deposit);
                places.Add(next.Place);
                bytes += next.Deposit.StoredBytes;
                contents += next.Deposit.ContentCount;
            }

            // Every caller in the batch gets its outcome, also a failure; the next batch is independent.
            var (stored, before) = (store(deposits), _appending);
            var written = AppendAsync(stored, before);
            _appending = written;
            for (int i = 0; i < places.Count; i++)
            {
                places[i].SetResult((written, i));
            }

            await EndOf(stored);
            await EndOf(before);
        }
    }

    private static async Task<IReadOnlyList<SimReceipt>> AppendAsync(Task<Func<Task<IReadOnlyList<SimReceipt>>>> stored, Task before)
    {
        await EndOf(before);
        var append = await stored;
        return await append();
    }

    private static ConfiguredTaskAwaitable EndOf(Task task) => task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
}
