namespace Mempulse.Replay.Pool;

/// <summary>The holders of an account's nonces in ascending order: at most one transaction per nonce.</summary>
internal sealed class NonceSlots
{
    /// <summary>Most nonces one account may hold; a further newcomer expires at once.</summary>
    public const int MaxSlots = 16_384;

    private TxEntry[] _holders = [];
    private ulong[] _nonces = []; // beside the holders, so that a search stays in one piece of memory

    public int Count { get; private set; }

    public bool IsFull => Count >= MaxSlots;

    public TxEntry this[int index] => _holders[index];

    /// <summary>The nonce that the holder at an index holds.</summary>
    public ulong NonceAt(int index) => _nonces[index];

    /// <summary>Index of the first holder whose nonce is at least <paramref name="nonce"/>; <see cref="Count"/> when there is none.</summary>
    public int IndexOfFirstFrom(ulong nonce)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_nonces[middle] < nonce)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The transaction that holds <paramref name="nonce"/>.</summary>
    public TxEntry? HolderOf(ulong nonce)
    {
        int index = IndexOfFirstFrom(nonce);
        return index < Count && _nonces[index] == nonce ? _holders[index] : null;
    }

    /// <summary>Puts a transaction at its nonce, in the place of the one that held it.</summary>
    public void Put(TxEntry holder)
    {
        int index = IndexOfFirstFrom(holder.Nonce);
        if (index < Count && _nonces[index] == holder.Nonce)
        {
            _holders[index] = holder;
            return;
        }

        if (Count == _holders.Length)
        {
            Array.Resize(ref _holders, Math.Max(1, Count * 2));
            Array.Resize(ref _nonces, _holders.Length);
        }

        Array.Copy(_holders, index, _holders, index + 1, Count - index);
        Array.Copy(_nonces, index, _nonces, index + 1, Count - index);
        _holders[index] = holder;
        _nonces[index] = holder.Nonce;
        Count++;
    }

    /// <summary>Frees the nonce of <paramref name="holder"/>; false when it does not hold it.</summary>
    public bool Release(TxEntry holder)
    {
        int index = IndexOfFirstFrom(holder.Nonce);
        if (index == Count || !ReferenceEquals(_holders[index], holder))
        {
            return false;
        }

        Count--;
        Array.Copy(_holders, index + 1, _holders, index, Count - index);
        Array.Copy(_nonces, index + 1, _nonces, index, Count - index);
        _holders[Count] = null!; // beyond the count, so it is not read again
        return true;
    }

    /// <summary>The lowest nonce whose holder waits.</summary>
    public ulong? LowestWaiting()
    {
        for (int i = 0; i < Count; i++)
        {
            if (_holders[i].IsWaiting)
            {
                return _holders[i].Nonce;
            }
        }

        return null;
    }
}
