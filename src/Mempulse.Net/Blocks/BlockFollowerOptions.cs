using System.ComponentModel.DataAnnotations;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>Which chain the follower follows, where, and how far back.</summary>
public sealed record BlockFollowerOptions
{
    /// <summary>The lane's name unless another is given.</summary>
    public const string DefaultName = "blocks";

    /// <summary>Four times the depth of finality on mainnet (64 blocks).</summary>
    public const int DefaultWindowBlocks = 256;

    /// <summary>Under an hour of mainnet.</summary>
    public const int DefaultMaxBackfillBlocks = 256;

    /// <summary>The lane's name.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The chain every endpoint must serve.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>The nodes, the preferred one first; one is followed at a time, the others stand by.</summary>
    public required IReadOnlyList<RpcEndpoint> Endpoints { get; init; }

    /// <summary>The last canonical blocks in the log, in any order; empty for a new log.</summary>
    public IReadOnlyList<SeenBlock> ResumeFrom { get; init; } = [];

    /// <summary>Blocks remembered: the deepest reorg that can be told exactly.</summary>
    [Range(8, 1 << 16)]
    public int WindowBlocks { get; init; } = DefaultWindowBlocks;

    /// <summary>Most missing blocks that are fetched afterwards; more become a gap on record.</summary>
    [Range(0, 1 << 16)]
    public int MaxBackfillBlocks { get; init; } = DefaultMaxBackfillBlocks;

    /// <summary>Receipts or nonces asked for in one call.</summary>
    [Range(1, 1_000)]
    public int ItemsPerCall { get; init; } = 32;

    /// <summary>Time between two questions for the head, beside or instead of the subscription. Default 4 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Connections and calls.</summary>
    public RpcConnectionOptions Connection { get; init; } = new();

    /// <summary>Queue and batches. Blocks wait for a log without room; they can be had again.</summary>
    public IngestPipelineOptions Pipeline { get; init; } = new()
    {
        QueueCapacityItems = 256,
        QueueCapacityBytes = 1 << 16,
        MaxBodyBytes = 1 << 16,
        DecodeWorkers = 1,
        RecentBodies = 16,
        WhenLogRefuses = LogRefusal.Wait,
    };

    /// <summary>Checks ranges and how the options fit together.</summary>
    /// <exception cref="ValidationException">One of them does not fit; the message says which.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Connection.Validate();
        Pipeline.Validate();
        Require(Name.Length > 0, $"{nameof(Name)} is not empty.");
        Require(Endpoints.Count > 0, "The block follower needs an endpoint.");
        Require(Endpoints.DistinctBy(static endpoint => endpoint.Name).Count() == Endpoints.Count, "Each endpoint has a name of its own.");
        Require(PollInterval > TimeSpan.Zero, $"{nameof(PollInterval)} is above zero.");
        Require(Pipeline.WhenLogRefuses == LogRefusal.Wait, "Blocks wait for a log without room.");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ValidationException(sentence);
        }
    }
}
