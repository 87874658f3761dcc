using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>Limits of the lane of peers of one chain.</summary>
public sealed record PeerLaneOptions
{
    /// <summary>The default name of the lane.</summary>
    public const string DefaultName = "p2p";

    /// <summary>The lane's name.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The chain. A transaction of another chain is an offence of its peer.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Hashes per request. geth answers at most 256.</summary>
    [Range(1, 256)]
    public int BodiesPerRequest { get; init; } = 256;

    /// <summary>Maximum bytes per request, by the announced sizes. A larger transaction is requested alone. geth's own limit is also 128 KiB.</summary>
    [Range(1 << 10, 2 << 20)]
    public int RequestBytes { get; init; } = 128 << 10;

    /// <summary>Concurrent requests per peer, without those for blob transactions.</summary>
    [Range(1, 32)]
    public int RequestsPerPeer { get; init; } = 16;

    /// <summary>Concurrent requests for blob transactions per peer. Each requests one, so that nothing waits behind its blobs.</summary>
    [Range(1, 16)]
    public int BlobRequestsPerPeer { get; init; } = 2;

    /// <summary>Maximum number of bodies requested or waiting, over all peers; more are dropped and counted.</summary>
    [Range(1, 1 << 20)]
    public int WantedBodies { get; init; } = 1 << 15;

    /// <summary>Announcers remembered per wanted body, which limits the attempts to fetch it.</summary>
    [Range(1, 64)]
    public int AnnouncersPerBody { get; init; } = 8;

    /// <summary>Queue, workers and batches.</summary>
    public IngestPipelineOptions Pipeline { get; init; } = new();

    /// <summary>Creates the instruments. Default: one factory for the process; a host passes its own.</summary>
    public IMeterFactory Meters { get; init; } = UnhostedMeters.Shared;

    /// <summary>Checks each range.</summary>
    /// <exception cref="ValidationException">An option is not valid; the message names it.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Pipeline.Validate();
        if (Name.Length == 0)
        {
            throw new ValidationException($"'' is not a valid {nameof(Name)}: expected at least one character.");
        }
    }
}
