namespace Mempulse.Replay.Pool;

/// <summary>The holders of an account's nonces in ascending order: at most one transaction per nonce.</summary>
/// <remarks>Mutable, and part of its account's entry: a lookup costs one cache miss; a separate object with two arrays would cost three.</remarks>
internal struct NonceSlots
{
    /// <summary>Maximum number of nonces that one account may hold; a further transaction expires immediately.</summary>
    public const int MaxSlots = 16_384;

    private Slot[]? _slots;

    public int Count { get; private set; }

    /// <summary>A nonce below which no holder waits. Raise it with <see cref="NoneWaitsBelow"/>; it saves reading holders that are in blocks.</summary>
    public ulong WaitingFrom { get; private set; }

    public readonly bool IsFull => Count >= MaxSlots;

    public readonly TxEntry this[int index] => _slots![index].Holder;

    /// <summary>The nonce at an index.</summary>
    public readonly ulong NonceAt(int index) => _slots![index].Nonce;

    /// <summary>Index of the first holder whose nonce is at least <paramref name="nonce"/>; <see cref="Count"/> if all are lower.</summary>
    public readonly int IndexOfFirstFrom(ulong nonce)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_slots![middle].Nonce < nonce)
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
    public readonly TxEntry? HolderOf(ulong nonce)
    {
        int index = IndexOfFirstFrom(nonce);
        return index < Count && _slots![index].Nonce == nonce ? _slots[index].Holder : null;
    }

    /// <summary>Puts a transaction at its nonce, replacing the one that held it.</summary>
    public void Put(TxEntry holder)
    {
        if (holder.IsWaiting)
        {
            WaitsAgain(holder.Nonce);
        }

        int index = IndexOfFirstFrom(holder.Nonce);
        if (index < Count && _slots![index].Nonce == holder.Nonce)
        {
            _slots[index] = new Slot(holder.Nonce, holder);
            return;
        }

        if (_slots is null || Count == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(1, Count * 2));
        }

        Array.Copy(_slots, index, _slots, index + 1, Count - index);
        _slots[index] = new Slot(holder.Nonce, holder);
        Count++;
    }

    /// <summary>Frees the nonce of <paramref name="holder"/>; false when it does not hold it.</summary>
    public bool Release(TxEntry holder)
    {
        int index = IndexOfFirstFrom(holder.Nonce);
        if (index == Count || !ReferenceEquals(_slots![index].Holder, holder))
        {
            return false;
        }

        Count--;
        Array.Copy(_slots, index + 1, _slots, index, Count - index);
        _slots[Count] = default; // beyond Count, so it is not read again
        return true;
    }

    /// <summary>Records that a holder, which was in a block, waits again.</summary>
    public void WaitsAgain(ulong nonce) => WaitingFrom = Math.Min(WaitingFrom, nonce);

    /// <summary>Records that no holder below a nonce waits.</summary>
    public void NoneWaitsBelow(ulong nonce) => WaitingFrom = Math.Max(WaitingFrom, nonce);

    /// <summary>The lowest nonce whose holder is waiting.</summary>
    public readonly ulong? LowestWaiting()
    {
        for (int i = IndexOfFirstFrom(WaitingFrom); i < Count; i++)
        {
            if (_slots![i].Holder.IsWaiting)
            {
                return _slots[i].Nonce;
            }
        }

        return null;
    }

    private readonly record struct Slot(ulong Nonce, TxEntry Holder);
}
