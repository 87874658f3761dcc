using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>A hash table of accounts by address; it has no enumerator, and reuses its objects for the next run.</summary>
internal sealed class AccountTable
{
    private const int FirstCapacity = 32;

    private int[] _buckets = new int[FirstCapacity];
    private int[] _next = new int[FirstCapacity];
    private Account[] _accounts = new Account[FirstCapacity];

    public AccountTable() => Array.Fill(_buckets, -1);

    public int Count { get; private set; }

    public Account this[int index] => _accounts[index];

    public Account? Find(in Address address)
    {
        for (int i = _buckets[Bucket(address)]; i >= 0; i = _next[i])
        {
            if (_accounts[i].Address == address)
            {
                return _accounts[i];
            }
        }

        return null;
    }

    /// <summary>Adds an account that is not in the table; it starts as absent.</summary>
    public Account Add(in Address address)
    {
        if (Count == _accounts.Length)
        {
            Grow();
        }

        int index = Count++;
        var account = _accounts[index] ??= new Account();
        account.Load(address, index);
        ref int bucket = ref _buckets[Bucket(address)];
        _next[index] = bucket;
        bucket = index;
        return account;
    }

    public void Clear()
    {
        Array.Fill(_buckets, -1);
        Count = 0;
    }

    private void Grow()
    {
        Array.Resize(ref _accounts, _accounts.Length * 2);
        Array.Resize(ref _next, _accounts.Length);
        _buckets = new int[_accounts.Length];
        Array.Fill(_buckets, -1);
        for (int i = 0; i < Count; i++)
        {
            ref int bucket = ref _buckets[Bucket(_accounts[i].Address)];
            _next[i] = bucket;
            bucket = i;
        }
    }

    private int Bucket(in Address address) => address.GetHashCode() & (_buckets.Length - 1);
}
