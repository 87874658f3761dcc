using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>The bodies that are on record as decoded, shared by the live lanes of one chain: each body is decoded and logged once, by the lane that has it first.</summary>
/// <remarks>
/// Remembers hashes in bounded memory. Every lane that shares the set is notified of what any of them decoded, and of what the log did not take in the
/// end, so that each may fetch it again. Safe for any thread; allocates nothing for a body. A playback has a set of its own, because what it appends
/// may depend on its capture only (docs/decisions/0073).
/// </remarks>
public sealed class DecodedBodies
{
    private readonly Lock _gate = new();
    private readonly RecentSet<Hash256> _hashes;
    private volatile IBodyObserver[] _observers = [];

    /// <summary>An empty set.</summary>
    /// <param name="capacityBodies">Hashes it remembers at most; at least half as many.</param>
    public DecodedBodies(int capacityBodies) => _hashes = new RecentSet<Hash256>(capacityBodies);

    /// <summary>True when the body is on record, or on its way into the log.</summary>
    internal bool Contains(Hash256 hash) => _hashes.Contains(hash);

    /// <summary>Takes a body for the caller to record; false when a lane has it already.</summary>
    internal bool TryTake(Hash256 hash) => _hashes.Add(hash);

    /// <summary>Notifies all lanes that a body taken is recorded and handed to the next append.</summary>
    internal void Recorded(Hash256 hash, Address sender)
    {
        foreach (var observer in _observers)
        {
            observer.Decoded(hash, sender);
        }
    }

    /// <summary>Notifies all lanes that a body taken did not reach the log: the next that has it records it.</summary>
    internal void Lost(Hash256 hash)
    {
        _hashes.Remove(hash);
        foreach (var observer in _observers)
        {
            observer.Failed(hash, DropReason.LogUnavailable);
        }
    }

    /// <summary>Adds a lane to those that are notified.</summary>
    internal void Attach(IBodyObserver observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers, observer];
        }
    }

    /// <summary>Removes a lane.</summary>
    internal void Detach(IBodyObserver observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers.Where(other => !ReferenceEquals(other, observer))];
        }
    }
}
