using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Book;

/// <summary>The transfers of one transaction, held against what pools say.</summary>
/// <remarks>
/// Pools of known factories say what they hold and paid; a token says what it moved. If a token keeps its word, a pool has at least what it had, plus what the token
/// says that came, minus what it says that left; and those whom a pool pays receive exactly that. Nobody but the token can make this false: what others send to the
/// pool only adds to it. That a pool has more than the events say shows nothing, since anyone may have sent it before.
/// </remarks>
internal sealed class TxTransfers
{
    /// <summary>Transfers of one transaction that are looked at; one with more shows nothing about tokens.</summary>
    public const int Most = 256;

    private readonly List<TokenTransfer> _transfers = [];
    private readonly List<(Address Pool, int From)> _synced = []; // up to where the transfers are in the reserves that a pair stated
    private bool _isTooLong;

    /// <summary>The transaction.</summary>
    public Hash256 Tx { get; private set; }

    public void Begin(in Hash256 tx)
    {
        Tx = tx;
        _transfers.Clear();
        _synced.Clear();
        _isTooLong = false;
    }

    public void Add(in TxLogView log)
    {
        if (_transfers.Count == Most)
        {
            _isTooLong = true;
        }
        else if (TokenTransfer.Read(log) is { } transfer)
        {
            _transfers.Add(transfer);
        }
    }

    /// <summary>Returns true if a pair has less of a token than it had, with what the token says that came and left.</summary>
    public bool IsShort(in Address pool, in Address token, in UInt256 before, in UInt256 after, out bool hasMoved)
    {
        var (expected, left) = (before, after);
        hasMoved = false;
        for (int i = StartOf(pool); i < _transfers.Count; i++)
        {
            var transfer = _transfers[i];
            if (transfer.Token != token)
            {
                continue;
            }

            hasMoved |= transfer.To == pool || transfer.From == pool;
            expected = transfer.To == pool ? expected + transfer.Value : expected;
            left = transfer.From == pool ? left + transfer.Value : left;
        }

        return !_isTooLong && left < expected;
    }

    /// <summary>A pair stated its reserves: what came and left until now is in them.</summary>
    public void Synced(Address pool)
    {
        int index = _synced.FindIndex(synced => synced.Pool == pool);
        if (index < 0)
        {
            _synced.Add((pool, _transfers.Count));
        }
        else
        {
            _synced[index] = (pool, _transfers.Count);
        }
    }

    /// <summary>Returns true if a pool paid a token, and no transfer says that the receiver got exactly that.</summary>
    public bool IsUnpaid(in Address pool, in Address token, in Address receiver, in UInt256 amount)
    {
        bool hasPaid = false;
        foreach (var transfer in _transfers)
        {
            if (transfer.Token == token && transfer.From == pool)
            {
                hasPaid = true;
                if (transfer.To == receiver && transfer.Value == amount)
                {
                    return false;
                }
            }
        }

        return hasPaid && !_isTooLong;
    }

    private int StartOf(Address pool)
    {
        int index = _synced.FindIndex(synced => synced.Pool == pool);
        return index < 0 ? 0 : _synced[index].From;
    }
}
