using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>A connected peer as a source: its name, its counts, and what waits to be asked of it.</summary>
/// <remarks>Queues and requests under way are guarded by the fetcher's lock; counts are written by the peer's own loop.</remarks>
internal sealed class PeerSource
{
    private const int NameDigits = 32;

    private long _sightings;

    public PeerSource(PeerDescription peer)
    {
        Peer = peer;
        Key = peer.Id.ComputeHash();
        Name = NameOf(Key);
        Id = SourceId.Of(Name);
    }

    /// <summary>The peer.</summary>
    public PeerDescription Peer { get; }

    /// <summary>Keccak-256 of its public key.</summary>
    public Hash256 Key { get; }

    /// <summary>Its name as a source: 128 bits of its key's hash, so that no peer can take another's.</summary>
    public string Name { get; }

    /// <summary>Its id as a source.</summary>
    public SourceId Id { get; }

    /// <summary>Bodies to be asked of it, without blobs.</summary>
    public Queue<WantedBody> Waiting { get; } = new();

    /// <summary>Blob transactions to be asked of it.</summary>
    public Queue<WantedBody> WaitingBlobs { get; } = new();

    /// <summary>Requests under way, without those for blobs.</summary>
    public int Requests { get; set; }

    /// <summary>Requests for blob transactions under way.</summary>
    public int BlobRequests { get; set; }

    /// <summary>It can be asked no more.</summary>
    public bool IsGone { get; set; }

    /// <summary>When it last said anything.</summary>
    public UnixNanoseconds LastHeard { get; private set; }

    /// <summary>The name of the peer whose key hashes to <paramref name="key"/>.</summary>
    public static string NameOf(Hash256 key) => $"peer:{key.ToString().AsSpan(2, NameDigits)}";

    /// <summary>Notes that it showed transactions.</summary>
    public void Heard(int sightings, UnixNanoseconds at)
    {
        Interlocked.Add(ref _sightings, sightings);
        LastHeard = at;
    }

    /// <summary>The source as it stands.</summary>
    public SourceStatus ToStatus() =>
        new(Name, $"{Peer.Address} {Peer.ClientName} eth/{Peer.EthVersion}", !IsGone, Interlocked.Read(ref _sightings), 0, LastHeard, string.Empty);
}
