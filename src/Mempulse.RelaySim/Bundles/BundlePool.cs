using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Refusals;
using Mempulse.Builder.Requests;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.RelaySim.Faults;

namespace Mempulse.RelaySim.Bundles;

/// <summary>The bundles of a simulated builder: taken, replaced, cancelled and dropped by its rules. Safe for any thread.</summary>
/// <param name="dialect">The builder, whose rules hold.</param>
public sealed class BundlePool(RelayDialect dialect)
{
    /// <summary>Most bundles that are kept, inclusive; the oldest make place.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly List<ReceivedBundle> _received = [];
    private int _count;

    /// <summary>All bundles in the order of arrival, as they stand.</summary>
    public IReadOnlyList<ReceivedBundle> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>Takes a bundle, or drops it; returns it as it stands.</summary>
    /// <param name="searcher">Who sent it.</param>
    /// <param name="sent">The bundle as it was written.</param>
    /// <param name="method">The method with which it was sent, whose rules hold.</param>
    /// <param name="head">The chain as it is.</param>
    /// <param name="fault">A fault of the builder, which may forget it.</param>
    internal ReceivedBundle Take(Address? searcher, RelayBundle sent, RelayMethod method, SimulatorHead head, RelayFault fault)
    {
        lock (_lock)
        {
            var last = sent.AnyUuid is { } uuid ? LastOf(searcher, uuid) : null;
            var bundle = Sequenced(sent, last);
            RelayCommand command = method == RelayMethod.SendMevBundle ? new RelayCommand.SendMev(bundle, MaxBlock: null) : new RelayCommand.Send(bundle);
            var refusal = Preflight.Check(dialect, command, FactsFor(bundle, last, head), Credential);
            var received = new ReceivedBundle(++_count, searcher, bundle, bundle.ComputeBundleHash())
            {
                Fate = refusal is null && fault != RelayFault.SilentDrop ? BundleFate.Waiting : BundleFate.Dropped,
                Rule = refusal?.Rule ?? PreflightRule.None,
            };
            if (received.Fate == BundleFate.Waiting && last is { Fate: BundleFate.Waiting })
            {
                Settle(last with { Fate = BundleFate.Replaced });
            }

            Add(received);
            return received;
        }
    }

    /// <summary>Cancels the waiting bundle with a UUID; false if no bundle with it waits.</summary>
    internal bool Cancel(Address? searcher, string uuid)
    {
        lock (_lock)
        {
            if (LastOf(searcher, uuid) is not { Fate: BundleFate.Waiting } waiting)
            {
                return false;
            }

            Settle(waiting with { Fate = BundleFate.Cancelled });
            return true;
        }
    }

    /// <summary>Notes what became of bundles.</summary>
    internal void Settle(params IReadOnlyList<ReceivedBundle> settled)
    {
        lock (_lock)
        {
            foreach (var bundle in settled)
            {
                int index = _received.FindIndex(candidate => candidate.Number == bundle.Number);
                if (index >= 0)
                {
                    _received[index] = bundle;
                }
            }
        }
    }

    /// <summary>A credential of the builder's scheme: whether the request was signed was decided before.</summary>
    private RelayCredential? Credential => dialect.Authentication.Scheme == AuthenticationScheme.Token ? RelayCredential.OfToken(string.Empty) : SimulatorKeys.Any;

    private ReceivedBundle? LastOf(Address? searcher, string uuid) =>
        _received.FindLast(candidate => candidate.Searcher == searcher && candidate.Bundle.AnyUuid == uuid && candidate.Fate != BundleFate.Dropped);

    /// <summary>A builder without sequences takes bundles with one UUID in the order of arrival.</summary>
    private static RelayBundle Sequenced(RelayBundle bundle, ReceivedBundle? last) =>
        bundle.AnyUuid is null || bundle.ReplacementSequence > 0 ? bundle : bundle with { ReplacementSequence = (last?.Bundle.ReplacementSequence ?? 0) + 1 };

    private static PreflightFacts FactsFor(RelayBundle bundle, ReceivedBundle? last, SimulatorHead head)
    {
        var uuids = new Dictionary<string, UuidUse>(StringComparer.Ordinal);
        if (last is not null)
        {
            uuids.Add(bundle.AnyUuid!, new UuidUse(last.Bundle.Id, last.Bundle.ReplacementSequence));
        }

        return new PreflightFacts { Head = head.Number, NowSeconds = head.NowSeconds, BaseFee = head.BaseFee, Uuids = uuids };
    }

    private void Add(ReceivedBundle received)
    {
        if (_received.Count == Capacity)
        {
            _received.RemoveAt(0);
        }

        _received.Add(received);
    }
}
