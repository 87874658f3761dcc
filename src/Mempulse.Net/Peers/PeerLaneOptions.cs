using System.ComponentModel.DataAnnotations;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>What the lane of peers of one chain fetches, and within which bounds.</summary>
public sealed record PeerLaneOptions
{
    /// <summary>The lane's name unless another is given.</summary>
    public const string DefaultName = "p2p";

    /// <summary>The lane's name.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The chain whose transactions are wanted; others are a peer's offence.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Hashes asked for in one request; geth answers at most 256.</summary>
    [Range(1, 256)]
    public int BodiesPerRequest { get; init; } = 256;

    /// <summary>Bytes that one request asks for, by the sizes announced; one larger transaction is asked for alone. geth's own bound is the same 128 KiB.</summary>
    [Range(1 << 10, 2 << 20)]
    public int RequestBytes { get; init; } = 128 << 10;

    /// <summary>Requests under way at one peer at once, without those for blob transactions.</summary>
    [Range(1, 32)]
    public int RequestsPerPeer { get; init; } = 16;

    /// <summary>Requests for blob transactions under way at one peer at once; each asks for one, so that nothing waits behind its blobs.</summary>
    [Range(1, 16)]
    public int BlobRequestsPerPeer { get; init; } = 2;

    /// <summary>Bodies that are asked for or wait to be, over all peers; more are dropped and counted.</summary>
    [Range(1, 1 << 20)]
    public int WantedBodies { get; init; } = 1 << 15;

    /// <summary>Announcers remembered for each wanted body, and so the most attempts to get it.</summary>
    [Range(1, 64)]
    public int AnnouncersPerBody { get; init; } = 8;

    /// <summary>Queue, workers and batches.</summary>
    public IngestPipelineOptions Pipeline { get; init; } = new();

    /// <summary>Checks ranges.</summary>
    /// <exception cref="ValidationException">An option does not fit.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Pipeline.Validate();
        if (Name.Length == 0)
        {
            throw new ValidationException($"{nameof(Name)} is not empty.");
        }
    }
}
