using System.Numerics;
using System.Runtime.CompilerServices;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>A hash table of slots by account and key; it has no enumerator, and the index of an entry never changes.</summary>
/// <remarks>Contracts choose the keys, so the hash is seeded per process against collision attacks. No result depends on the internal order.</remarks>
internal sealed class SlotTable
{
    private const int FirstCapacity = 64;

    private static readonly ulong Seed = unchecked((ulong)(uint)HashCode.Combine(1) | ((ulong)(uint)HashCode.Combine(2) << 32) | 1);

    private int[] _buckets = NewBuckets(FirstCapacity);
    private StorageSlot[] _slots = new StorageSlot[FirstCapacity];

    public int Count { get; private set; }

    public ref StorageSlot this[int index] => ref _slots[index];

    /// <summary>Returns the index of a slot; -1 when it is not in the table.</summary>
    public int Find(int accountIndex, in UInt256 key)
    {
        for (int i = _buckets[Bucket(accountIndex, key)]; i >= 0; i = _slots[i].NextInBucket)
        {
            ref var slot = ref _slots[i];
            if (slot.AccountIndex == accountIndex && UInt256.AreEqual(slot.Key, key))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Adds a slot that is not in the table, and returns its index.</summary>
    public int Add(int accountIndex, in UInt256 key)
    {
        if (Count == _slots.Length)
        {
            Grow();
        }

        int index = Count++;
        ref int bucket = ref _buckets[Bucket(accountIndex, key)];
        _slots[index] = new StorageSlot { AccountIndex = accountIndex, Key = key, NextInBucket = bucket, NextOfAccount = Account.NoSlot };
        bucket = index;
        return index;
    }

    public void Clear()
    {
        if (Count != 0)
        {
            Array.Fill(_buckets, -1);
            Count = 0;
        }
    }

    private static int[] NewBuckets(int count)
    {
        var buckets = new int[count];
        Array.Fill(buckets, -1);
        return buckets;
    }

    private void Grow()
    {
        Array.Resize(ref _slots, _slots.Length * 2);
        _buckets = NewBuckets(_slots.Length);
        for (int i = 0; i < Count; i++)
        {
            ref var slot = ref _slots[i];
            ref int bucket = ref _buckets[Bucket(slot.AccountIndex, slot.Key)];
            slot.NextInBucket = bucket;
            bucket = i;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Bucket(int accountIndex, in UInt256 key)
    {
        unchecked // hash mixing wraps
        {
            ulong mixed = (key.LowUInt64 ^ Seed) * 0x9e3779b97f4a7c15;
            mixed = (BitOperations.RotateLeft(mixed, 31) ^ key.Limb(1)) * 0xbf58476d1ce4e5b9;
            mixed = (BitOperations.RotateLeft(mixed, 31) ^ key.Limb(2)) * 0x94d049bb133111eb;
            mixed = (BitOperations.RotateLeft(mixed, 31) ^ key.Limb(3) ^ (uint)accountIndex) * 0x9e3779b97f4a7c15;
            return (int)(mixed >> 33) & (_buckets.Length - 1);
        }
    }
}
