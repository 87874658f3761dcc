namespace Mempulse.Devp2p.Wire;

/// <summary>Bounds what all peers together make this node hold: frames being read, decompressed messages, what waits to be sent.</summary>
/// <remarks>
/// Who would go over the limit waits, so that its peer is not read from meanwhile, and the peer that holds most is let go to make room; when
/// that is the same one, it goes itself. So something is freed each time the limit is met. Safe for any thread.
/// </remarks>
internal sealed class MemoryBudget(long limitBytes)
{
    private readonly Lock _gate = new();
    private readonly HashSet<MemoryAccount> _holders = [];
    private TaskCompletionSource? _released;
    private long _heldBytes;

    /// <summary>Bytes held by all together.</summary>
    public long HeldBytes => Interlocked.Read(ref _heldBytes);

    /// <summary>Takes bytes for an account as soon as there is room.</summary>
    /// <exception cref="PeerFaultException">The account itself holds most.</exception>
    public async ValueTask TakeAsync(MemoryAccount account, int bytes, CancellationToken cancellationToken)
    {
        while (!TryTake(account, bytes, out var heaviest, out var released)) // each turn lets one peer go
        {
            if (heaviest == account)
            {
                throw new PeerFaultException(DisconnectReason.UselessPeer, Sentence(account, bytes));
            }

            heaviest.Evict(Sentence(heaviest, 0));
            await released.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes bytes for an account at once; false when there is no room and it holds most, else whoever does is let go.</summary>
    /// <remarks>For who cannot wait: the limit is exceeded by these bytes until the heaviest peer is gone.</remarks>
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

        heaviest.Evict(Sentence(heaviest, 0));
        lock (_gate)
        {
            Add(account, bytes);
        }

        return true;
    }

    /// <summary>Gives bytes back, at most as many as the account holds.</summary>
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

    private string Sentence(MemoryAccount account, int bytes) =>
        $"Peers may make this node hold {limitBytes} bytes together, which are used up; this one holds most: {account.HeldBytes + bytes}.";
}
