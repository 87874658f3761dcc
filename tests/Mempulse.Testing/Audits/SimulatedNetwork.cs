using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Testing.Audits;

/// <summary>
/// A network with four sources, a builder with a pool of its own, and transactions with random delays. The truth is what a builder that has everything public
/// could execute and would be paid for. The simulated builder leaves some of that out on purpose, and receives some of it late: both are missing. Nothing here
/// uses the audit's rules.
/// </summary>
public sealed class SimulatedNetwork(ulong seed)
{
    private const int PerBlock = 60;
    private const ulong BlockGas = 9_000_000;
    private const ulong LeastTip = 5;

    private static readonly string[] _names = ["alpha", "beta", "gamma", "delta"];

    private readonly AuditStory _story = new() { GasLimit = BlockGas };
    private readonly PriorityQueue<Action, (long At, long Order)> _agenda = new();
    private readonly List<Sent> _sent = [];
    private readonly Dictionary<Hash256, Sent> _byHash = [];
    private readonly Dictionary<string, List<Sent>> _bySender = [];
    private readonly Dictionary<string, ulong> _nextNonces = [];
    private readonly Dictionary<string, ulong> _usedNonces = [];
    private readonly Dictionary<string, long> _brokeSince = [];
    private readonly long[] _deadUntil = new long[_names.Length];
    private readonly List<Sent> _builderPool = [];
    private readonly List<Sent> _publicPool = [];
    private ulong _random = seed;
    private long _order;
    private int _senders;

    /// <summary>Transactions that were sent.</summary>
    public int Count => _sent.Count;

    public AuditStory Story => _story;

    /// <summary>Runs until a number of transactions was sent, and hands over each block as its audit can be read.</summary>
    public void Run(int transactions, Action<ulong, SimulatedNetwork> audited)
    {
        _story.Connect(0, _names);
        for (ulong number = 1; Count < transactions || number < 4; number++)
        {
            long slot = AuditStory.SlotOf(number);
            for (int i = 0; i < PerBlock; i++)
            {
                Send(slot - AuditStory.SlotMilliseconds + Next((int)AuditStory.SlotMilliseconds));
            }

            Disturb(slot);
            var block = number; // captured below
            Plan(slot + AuditStory.ArrivalMilliseconds, () => Build(block));
            PlayUntil(slot + AuditStory.ArrivalMilliseconds);
            audited(number, this);
        }
    }

    /// <summary>The transactions by hash.</summary>
    public IReadOnlyDictionary<Hash256, Sent> LatestByHash() => _byHash;

    private void Send(long at)
    {
        bool isNew = _senders < 200 || Next(3) > 0;
        string sender = isNew ? $"s{_senders++}" : $"s{Next(_senders)}";
        ulong nonce = _nextNonces.GetValueOrDefault(sender);
        if (Next(100) < 2)
        {
            nonce++; // a nonce gap: the one before is not sent
        }

        _nextNonces[sender] = nonce + 1;
        ulong gas = 21_000 + ((ulong)Next(20) * 9_000);
        var tx = new Sent(new ScenarioTx($"t{Count}", sender, nonce) { Fee = _story.BaseFee + 20 + (ulong)Next(150), Tip = (ulong)(1 + Next(80)), GasLimit = gas })
        {
            GasUsed = gas - ((gas - 21_000) * (ulong)Next(50) / 100),
            IsIgnored = Next(1_000) < 20,
        };
        Add(tx);
        bool isPrivate = Next(100) < 12;
        tx.BuilderHasAt = at + (isPrivate ? 0 : Delay());
        Deliver(tx, isPrivate ? null : at);
        if (Next(100) < 95)
        {
            Plan(at, () => _story.NonceIs(at, sender, _usedNonces.GetValueOrDefault(sender)));
        }

        if (!isPrivate)
        {
            Broadcast(tx, at);
        }

        if (Next(100) < 2)
        {
            Replace(tx, at, isPrivate: Next(2) == 0);
        }
    }

    private void Add(Sent tx)
    {
        _sent.Add(tx);
        _byHash.Add(tx.Hash, tx);
        if (!_bySender.TryGetValue(tx.Body.Sender, out var list))
        {
            _bySender.Add(tx.Body.Sender, list = []);
        }

        list.Add(tx);
    }

    /// <summary>The same nonce again with a higher fee, publicly or to the builder alone.</summary>
    private void Replace(Sent first, long at, bool isPrivate)
    {
        long later = at + Next(40_000);
        var tx = new Sent(first.Body with { Name = first.Body.Name + "r", Fee = first.Body.Fee * 2, Tip = first.Body.Tip * 2 }) { GasUsed = first.GasUsed };
        Add(tx);
        tx.BuilderHasAt = later + (isPrivate ? 0 : Delay());
        Deliver(tx, isPrivate ? null : later);
        if (!isPrivate)
        {
            Broadcast(tx, later);
        }
    }

    /// <summary>The builder receives a transaction in its time; one that is public is with a builder that has everything public at once.</summary>
    private void Deliver(Sent tx, long? publicAt)
    {
        tx.PublicAt = publicAt ?? tx.BuilderHasAt;
        Plan(tx.BuilderHasAt, () => _builderPool.Add(tx));
        Plan(tx.PublicAt, () => _publicPool.Add(tx));
    }

    private void Broadcast(Sent tx, long at)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            if (Next(1_000) < 3)
            {
                continue; // this source never announces it
            }

            int source = i;
            long heard = at + Delay();
            Plan(heard, () => Hear(tx, source, heard));
        }
    }

    private void Hear(Sent tx, int source, long at)
    {
        if (_deadUntil[source] > at || _brokeSince.GetValueOrDefault(tx.Body.Sender, long.MaxValue) <= at)
        {
            return;
        }

        _story.Seen(at, tx.Body.Name, _names[source]);
        if (!tx.IsDecoded)
        {
            tx.IsDecoded = true;
            _story.Fact(at, "rpc", _names[source], tx.Body.Decoded());
        }
    }

    /// <summary>Sources die for a while, with a loss on record; senders spend their balance elsewhere, and most pools notice.</summary>
    private void Disturb(long slot)
    {
        if (Next(100) < 4)
        {
            int source = Next(_names.Length);
            if (_deadUntil[source] <= slot)
            {
                long from = slot + Next(10_000);
                long until = from + 3_000 + Next(90_000);
                _deadUntil[source] = until;
                Plan(from, () => _story.Lose(from, _names[source]));
                Plan(until, () => _story.Connect(until, _names[source]));
            }
        }

        for (int i = 0; i < 2; i++)
        {
            var victim = _sent[^(1 + Next(Math.Min(_sent.Count, 300)))];
            if (_brokeSince.TryAdd(victim.Body.Sender, slot + 1))
            {
                Plan(slot + 1, () => Evict(victim.Body.Sender, slot + 1_500));
            }
        }
    }

    private void Evict(string sender, long at)
    {
        foreach (var tx in _bySender[sender])
        {
            for (int source = 0; source < _names.Length; source++)
            {
                if (Next(100) < 90)
                {
                    string name = _names[source];
                    Plan(at, () => _story.Left(at, tx.Body.Name, name));
                }
            }
        }
    }

    /// <summary>The builder takes what it has and can execute, by tip, and leaves out what it ignores. The truth is recorded before it does.</summary>
    private void Build(ulong number)
    {
        long slot = AuditStory.SlotOf(number);
        bool isEmpty = Next(100) < 2;
        foreach (var tx in Fill(_publicPool.Where(tx => tx.PublicAt <= slot), slot, withIgnored: true))
        {
            tx.CouldBeIn = number;
        }

        var taken = isEmpty ? [] : Fill(_builderPool.Where(tx => tx.BuilderHasAt <= slot), slot, withIgnored: number % 8 == 0);
        foreach (var tx in taken)
        {
            _usedNonces[tx.Body.Sender] = tx.Body.Nonce + 1;
        }

        _builderPool.RemoveAll(IsUsed);
        _publicPool.RemoveAll(IsUsed);
        _story.Outcome = Next(2) == 0 ? ExecutionOutcome.Unknown : ExecutionOutcome.Succeeded;
        long at = slot + AuditStory.ArrivalMilliseconds;
        _story.BlockOn(_story.HeadName, number, $"n{number}", [.. taken.Select(static tx => tx.Body)], at, [.. taken.Select(static tx => tx.GasUsed)]);
        if (_story.Outcome == ExecutionOutcome.Unknown && taken.Count > 0)
        {
            _story.Receipts(at, $"n{number}", number, [.. taken.Select(static tx => (tx.Body.Name, tx.GasUsed))]);
        }

        ulong used = taken.Aggregate(0UL, static (sum, tx) => sum + tx.GasUsed);
        _story.BaseFee = Math.Clamp(used > BlockGas / 2 ? _story.BaseFee + (_story.BaseFee / 8) + 1 : _story.BaseFee - (_story.BaseFee / 8), 20, 1_000);
    }

    private bool IsUsed(Sent tx) => tx.Body.Nonce < _usedNonces.GetValueOrDefault(tx.Body.Sender);

    private List<Sent> Fill(IEnumerable<Sent> pool, long slot, bool withIgnored)
    {
        var next = new Dictionary<string, ulong>();
        List<Sent> taken = [];
        ulong gas = 0;
        var ready = pool.Where(tx => (withIgnored || !tx.IsIgnored) && Tip(tx) >= LeastTip && _brokeSince.GetValueOrDefault(tx.Body.Sender, long.MaxValue) > slot)
            .OrderByDescending(Tip).ThenBy(static tx => tx.Body.Name, StringComparer.Ordinal).ToList();
        for (bool isFound = true; isFound;)
        {
            isFound = false;
            foreach (var tx in ready)
            {
                ulong nonce = next.TryGetValue(tx.Body.Sender, out ulong known) ? known : _usedNonces.GetValueOrDefault(tx.Body.Sender);
                if (tx.Body.Nonce == nonce && gas + tx.Body.GasLimit <= BlockGas)
                {
                    taken.Add(tx);
                    gas += tx.GasUsed;
                    next[tx.Body.Sender] = nonce + 1;
                    isFound = true;
                }
            }
        }

        return taken;
    }

    private ulong Tip(Sent tx) => tx.Body.Fee < _story.BaseFee ? 0 : Math.Min(tx.Body.Tip, tx.Body.Fee - _story.BaseFee);

    /// <summary>Most within 0.6 s; one in a hundred takes up to 20 s, one in a thousand up to 90 s.</summary>
    private long Delay() => Next(1_000) switch
    {
        0 => Next(90_000),
        < 10 => Next(20_000),
        _ => 30 + Next(600),
    };

    private void Plan(long at, Action what) => _agenda.Enqueue(what, (at, _order++));

    private void PlayUntil(long end)
    {
        while (_agenda.TryPeek(out _, out var when) && when.At <= end)
        {
            _agenda.Dequeue()();
        }
    }

    /// <summary>SplitMix64: the same numbers on every machine.</summary>
    private int Next(int below)
    {
        unchecked
        {
            _random += 0x9E3779B97F4A7C15;
            ulong mixed = (_random ^ (_random >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)below);
        }
    }

    /// <summary>A transaction, and what is true of it.</summary>
    public sealed class Sent(ScenarioTx body)
    {
        public ScenarioTx Body { get; } = body;

        public Hash256 Hash { get; } = Named.Tx(body.Name);

        public required ulong GasUsed { get; init; }

        /// <summary>True if seven of eight builders leave it out on purpose.</summary>
        public bool IsIgnored { get; init; }

        /// <summary>When the builder receives it.</summary>
        public long BuilderHasAt { get; set; }

        /// <summary>When a builder that has everything public receives it.</summary>
        public long PublicAt { get; set; }

        public bool IsDecoded { get; set; }

        /// <summary>The last block that would have had it, had the builder had everything public and left nothing out on purpose.</summary>
        public ulong CouldBeIn { get; set; }
    }
}
