using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Opportunities;

/// <summary>The triggers whose swaps or opportunities use a pool, each with the number of its uses.</summary>
internal sealed class PoolUsers(PoolKey key) : IKeyed<PoolKey>
{
    private readonly List<(Hash256 Tx, int Uses)> _users = [];

    /// <inheritdoc/>
    public PoolKey Key { get; } = key;

    /// <summary>The triggers; their order says nothing.</summary>
    public IEnumerable<Hash256> Triggers => _users.Select(static user => user.Tx);

    public bool IsEmpty => _users.Count == 0;

    public void Add(in Hash256 tx)
    {
        int index = Find(tx);
        if (index < 0)
        {
            _users.Add((tx, 1));
        }
        else
        {
            _users[index] = (tx, _users[index].Uses + 1);
        }
    }

    public void Remove(in Hash256 tx)
    {
        int index = Find(tx);
        if (_users[index].Uses == 1)
        {
            _users.RemoveAt(index);
        }
        else
        {
            _users[index] = (tx, _users[index].Uses - 1);
        }
    }

    private int Find(Hash256 tx) => _users.FindIndex(user => user.Tx == tx);
}
