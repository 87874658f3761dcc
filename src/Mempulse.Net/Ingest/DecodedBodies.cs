using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>The bodies on record as decoded, shared by the live lanes of one chain. Each body is decoded and logged once, by the first lane that has it.</summary>
/// <remarks>
/// Remembers hashes in bounded memory. All lanes that share the set are notified of each body that one of them decodes, and of each that does not reach the
/// log, so that they may fetch it again. Safe for any thread; allocates nothing for a body. A playback has its own set, because its output must depend on
/// its capture alone (docs/decisions/0073).
/// </remarks>
public sealed class DecodedBodies
{
    private readonly Lock _gate = new();
    private readonly RecentSet<Hash256> _hashes;
    private volatile IBodyObserver[] _observers = [];

    /// <summary>Creates an empty set.</summary>
    /// <param name="capacityBodies">Maximum number of hashes remembered; at least half as many are kept.</param>
    public DecodedBodies(int capacityBodies) => _hashes = new RecentSet<Hash256>(capacityBodies);

    /// <summary>Returns true if the body is on record or on its way to the log.</summary>
    internal bool Contains(Hash256 hash) => _hashes.Contains(hash);

    /// <summary>Claims a body for the caller to record. Returns false if a lane has claimed it already.</summary>
    internal bool TryTake(Hash256 hash) => _hashes.Add(hash);

    /// <summary>Notifies all lanes that a claimed body was added to the next append.</summary>
    internal void Recorded(Hash256 hash, Address sender)
    {
        foreach (var observer in _observers)
        {
            observer.Decoded(hash, sender);
        }
    }

    /// <summary>Notifies all lanes that a claimed body did not reach the log, so that the next lane that has it records it.</summary>
    internal void Lost(Hash256 hash)
    {
        _hashes.Remove(hash);
        foreach (var observer in _observers)
        {
            observer.Failed(hash, DropReason.LogUnavailable);
        }
    }

    /// <summary>Adds a lane to be notified.</summary>
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
