using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>A connected peer as a source: its name, its counts, and the bodies that wait to be requested from it.</summary>
/// <remarks>Queues and request counts are guarded by the fetcher's lock; sighting counts are written by the peer's loop.</remarks>
internal sealed class PeerSource
{
    private long _sightings;

    public PeerSource(PeerDescription peer)
    {
        Peer = peer;
        Key = peer.Id.ComputeHash();
        Name = PeerName.Of(Key);
        Id = SourceId.Of(Name);
    }

    /// <summary>The peer.</summary>
    public PeerDescription Peer { get; }

    /// <summary>Keccak-256 of its public key.</summary>
    public Hash256 Key { get; }

    /// <summary>Its name as a source.</summary>
    public string Name { get; }

    /// <summary>Its id as a source.</summary>
    public SourceId Id { get; }

    /// <summary>Bodies to request from it, without blob transactions.</summary>
    public Queue<WantedBody> Waiting { get; } = new();

    /// <summary>Blob transactions to request from it.</summary>
    public Queue<WantedBody> WaitingBlobs { get; } = new();

    /// <summary>Requests in flight, without those for blob transactions.</summary>
    public int Requests { get; set; }

    /// <summary>Requests for blob transactions in flight.</summary>
    public int BlobRequests { get; set; }

    /// <summary>True once it is disconnected.</summary>
    public bool IsGone { get; set; }

    /// <summary>When it last sent transactions or announcements.</summary>
    public UnixNanoseconds LastHeard { get; private set; }

    /// <summary>Notes transactions that it announced or sent.</summary>
    public void Heard(int sightings, UnixNanoseconds at)
    {
        Interlocked.Add(ref _sightings, sightings);
        LastHeard = at;
    }

    /// <summary>Returns the status of the source.</summary>
    public SourceStatus ToStatus() =>
        new(Name, $"{Peer.Address} {Peer.ClientName} eth/{Peer.EthVersion}", !IsGone, Interlocked.Read(ref _sightings), 0, LastHeard, string.Empty);
}
