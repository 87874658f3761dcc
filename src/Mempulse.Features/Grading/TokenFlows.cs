using Mempulse.Ethereum.Abi;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Grading;

/// <summary>Which tokens a transaction moved, read from its logs. Reused; confined to its caller.</summary>
internal sealed class TokenFlows
{
    private readonly List<TokenMovement> _movements = [];
    private readonly List<Address> _pools = [];
    private readonly List<Address> _pairs = [];
    private readonly List<UInt256> _poolAmounts = [];

    /// <summary>Number of events of pools and settlements.</summary>
    public int SwapCount { get; private set; }

    /// <summary>Reads the logs of a transaction.</summary>
    public void Read(IReadOnlyList<TxLog> logs, Address? wrappedEther)
    {
        _movements.Clear();
        _pools.Clear();
        _pairs.Clear();
        _poolAmounts.Clear();
        SwapCount = 0;
        foreach (var log in logs)
        {
            if (log.Topics.Count == 0)
            {
                continue;
            }

            var topic = log.Topics[0];
            if (topic == LogTopics.Transfer && log.Topics.Count == 3 && log.Data.Length >= AbiType.WordBytes)
            {
                _movements.Add(new TokenMovement(log.Account, AccountOf(log.Topics[1]), AccountOf(log.Topics[2]), Word(log.Data.Span, 0)));
            }
            else if (log.Account == wrappedEther && log.Topics.Count == 2 && log.Data.Length == AbiType.WordBytes && topic == LogTopics.Deposit)
            {
                _movements.Add(new TokenMovement(log.Account, default, AccountOf(log.Topics[1]), Word(log.Data.Span, 0)));
            }
            else if (log.Account == wrappedEther && log.Topics.Count == 2 && log.Data.Length == AbiType.WordBytes && topic == LogTopics.Withdrawal)
            {
                _movements.Add(new TokenMovement(log.Account, AccountOf(log.Topics[1]), default, Word(log.Data.Span, 0)));
            }
            else if (LogTopics.IsSwap(topic))
            {
                ReadSwap(log);
            }
        }
    }

    /// <summary>What an account gave of a token beyond what it got; zero if it gained.</summary>
    public UInt256 Given(in Address token, in Address account) => Excess(token, account, isGiven: true);

    /// <summary>What an account got of a token beyond what it gave; zero if it lost.</summary>
    public UInt256 Received(in Address token, in Address account) => Excess(token, account, isGiven: false);

    /// <summary>The most that one account other than a pool gained of a token.</summary>
    public UInt256 MostReceived(in Address token)
    {
        var most = UInt256.Zero;
        foreach (var movement in _movements)
        {
            if (movement.Token == token && !movement.To.IsZero && !_pools.Contains(movement.To) && Received(token, movement.To) is var received && received > most)
            {
                most = received;
            }
        }

        return most;
    }

    /// <summary>What pools got or gave of a token.</summary>
    public UInt256 OfPools(in Address token, bool isGiven)
    {
        var sum = UInt256.Zero;
        foreach (var movement in _movements)
        {
            if (movement.Token == token && _pools.Contains(isGiven ? movement.From : movement.To))
            {
                sum = UInt256.Add(sum, movement.Amount, out _);
            }
        }

        return sum;
    }

    /// <summary>What was wrapped, or unwrapped.</summary>
    public UInt256 Wrapped(in Address token, bool isUnwrapped)
    {
        var sum = UInt256.Zero;
        foreach (var movement in _movements)
        {
            if (movement.Token == token && (isUnwrapped ? movement.To : movement.From).IsZero)
            {
                sum = UInt256.Add(sum, movement.Amount, out _);
            }
        }

        return sum;
    }

    /// <summary>Returns true if a token was moved at all.</summary>
    public bool Moves(Address token) => _movements.Exists(movement => movement.Token == token);

    /// <summary>Returns true if one movement of a token has an amount.</summary>
    public bool HasMovement(Address token, UInt256 amount) => _movements.Exists(movement => movement.Token == token && movement.Amount == amount);

    /// <summary>Returns true if a pool's event names an amount.</summary>
    public bool HasPoolAmount(in UInt256 amount) => _poolAmounts.Contains(amount);

    /// <summary>The largest amount in the events of pools.</summary>
    public UInt256 MostOfPools() => _poolAmounts.Count == 0 ? UInt256.Zero : _poolAmounts.Max();

    /// <summary>
    /// Returns true if the token keeps a share of transfers: its contract takes part in one, or one account sends it at once to two others, one of which is
    /// a pool or to which a pool sends it.
    /// </summary>
    public bool KeepsShare(Address token)
    {
        for (int i = 0; i < _movements.Count; i++)
        {
            var one = _movements[i];
            if (one.Token != token)
            {
                continue;
            }

            if (one.From == token || one.To == token)
            {
                return true;
            }

            if (i > 0 && _movements[i - 1] is var other && other.Token == token && other.From == one.From && other.To != one.To
                && (_pools.Contains(one.From) || _pools.Contains(one.To) || _pools.Contains(other.To)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns true if a token was sent to a pair, which takes what arrives; other pools fail if it is less than they ask for.</summary>
    public bool ArrivesAtPair(Address token) => _movements.Exists(movement => movement.Token == token && _pairs.Contains(movement.To));

    private void ReadSwap(TxLog log)
    {
        SwapCount++;
        if (!_pools.Contains(log.Account))
        {
            _pools.Add(log.Account);
        }

        if (log.Topics[0] == LogTopics.PairSwap)
        {
            _pairs.Add(log.Account);
        }

        var data = log.Data.Span;
        for (int i = 0; i + AbiType.WordBytes <= data.Length; i += AbiType.WordBytes)
        {
            var word = Word(data, i);
            if (word.IsNegative)
            {
                UInt256.NegateWrapping(word, out word);
            }

            _poolAmounts.Add(word);
        }
    }

    private UInt256 Excess(in Address token, in Address account, bool isGiven)
    {
        var (given, received) = (UInt256.Zero, UInt256.Zero);
        foreach (var movement in _movements)
        {
            if (movement.Token == token && movement.From == account)
            {
                given = UInt256.Add(given, movement.Amount, out _);
            }

            if (movement.Token == token && movement.To == account)
            {
                received = UInt256.Add(received, movement.Amount, out _);
            }
        }

        var (more, less) = isGiven ? (given, received) : (received, given);
        return more > less ? more - less : UInt256.Zero;
    }

    private static Address AccountOf(in Hash256 topic)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        topic.CopyTo(word);
        return new Address(word[(Hash256.Size - Address.Size)..]);
    }

    private static UInt256 Word(ReadOnlySpan<byte> data, int offset) => UInt256.FromBigEndian(data.Slice(offset, AbiType.WordBytes));
}
