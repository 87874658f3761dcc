namespace Mempulse.Devp2p.Wire;

/// <summary>Bounds the memory held on behalf of all peers: frames being read, decompressed messages, messages waiting to be sent.</summary>
/// <remarks>
/// At the limit, the peer that holds most is evicted and the caller waits, so its own peer is not read from meanwhile. If the caller's peer holds
/// most, that peer fails instead. So each hit of the limit frees memory. Thread-safe.
/// </remarks>
internal sealed class MemoryBudget(long limitBytes)
{
    private readonly Lock _gate = new();
    private readonly HashSet<MemoryAccount> _holders = [];
    private TaskCompletionSource? _released;
    private long _heldBytes;

    /// <summary>Bytes held by all accounts.</summary>
    public long HeldBytes => Interlocked.Read(ref _heldBytes);

    /// <summary>Takes bytes for an account, waiting until there is room.</summary>
    /// <exception cref="PeerFaultException">There is no room and the account itself holds most.</exception>
    public async ValueTask TakeAsync(MemoryAccount account, int bytes, CancellationToken cancellationToken)
    {
        while (!TryTake(account, bytes, out var heaviest, out var released)) // each iteration evicts one peer
        {
            if (heaviest == account)
            {
                throw new PeerFaultException(DisconnectReason.UselessPeer, Describe(account, bytes));
            }

            heaviest.Evict(Describe(heaviest, 0));
            await released.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes bytes for an account without waiting; false when there is no room and the account itself holds most.</summary>
    /// <remarks>If another peer holds most, it is evicted, and the limit is exceeded by these bytes until it is gone.</remarks>
    public bool TryTakeNow(MemoryAccount account, int bytes)
    {
        if (TryTake(account, bytes, out var heaviest, out _))
        {
            return true;
        }

        if (heaviest == account)
        {
            return false;
        }

        heaviest.Evict(Describe(heaviest, 0));
        lock (_gate)
        {
            Add(account, bytes);
        }

        return true;
    }

    /// <summary>Returns bytes to the budget, at most the bytes that the account holds.</summary>
    public void Release(MemoryAccount account, long bytes)
    {
        TaskCompletionSource? released;
        lock (_gate)
        {
            Add(account, -Math.Min(bytes, account.HeldBytes));
            (released, _released) = (_released, null);
        }

        released?.TrySetResult();
    }

    private bool TryTake(MemoryAccount account, int bytes, out MemoryAccount heaviest, out Task released)
    {
        lock (_gate)
        {
            heaviest = account;
            released = Task.CompletedTask;
            if (_heldBytes + bytes > limitBytes)
            {
                released = (_released ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                heaviest = _holders.Append(account).MaxBy(held => held.HeldBytes + (held == account ? bytes : 0))!;
                return false;
            }

            Add(account, bytes);
            return true;
        }
    }

    private void Add(MemoryAccount account, long bytes)
    {
        account.HeldBytes += bytes;
        Interlocked.Add(ref _heldBytes, bytes);
        if (account.HeldBytes > 0)
        {
            _holders.Add(account);
        }
        else
        {
            _holders.Remove(account);
        }
    }

    private string Describe(MemoryAccount account, int bytes) =>
        $"The memory limit of {limitBytes} bytes over all peers is reached, and this peer holds most: {account.HeldBytes + bytes} bytes.";
}
