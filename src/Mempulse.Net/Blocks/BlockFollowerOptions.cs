using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>The chain that the block follower follows, its nodes, and its limits.</summary>
public sealed record BlockFollowerOptions
{
    /// <summary>The default name of the lane.</summary>
    public const string DefaultName = "blocks";

    /// <summary>Default of <see cref="WindowBlocks"/>: four times the depth of finality on mainnet (64 blocks).</summary>
    public const int DefaultWindowBlocks = 256;

    /// <summary>Default of <see cref="MaxBackfillBlocks"/>: under an hour of mainnet.</summary>
    public const int DefaultMaxBackfillBlocks = 256;

    /// <summary>The lane's name.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The chain every endpoint must serve.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>The nodes, in order of preference. One is followed at a time; the others are on standby.</summary>
    public required IReadOnlyList<RpcEndpoint> Endpoints { get; init; }

    /// <summary>The last canonical blocks in the log, in any order; empty for a new log.</summary>
    public IReadOnlyList<SeenBlock> ResumeFrom { get; init; } = [];

    /// <summary>Number of blocks remembered: the deepest reorg that can be recorded exactly.</summary>
    [Range(8, 1 << 16)]
    public int WindowBlocks { get; init; } = DefaultWindowBlocks;

    /// <summary>Maximum number of missed blocks that are backfilled. A longer stretch is recorded as a gap.</summary>
    [Range(0, 1 << 16)]
    public int MaxBackfillBlocks { get; init; } = DefaultMaxBackfillBlocks;

    /// <summary>Blocks on top of a block that make it final; a deeper reorg is recorded as <see cref="LogEvent.FinalityViolated"/>. Must equal the depth of the chain's fold.</summary>
    [Range(typeof(ulong), "1", "65536")]
    public ulong ConfirmationDepthBlocks { get; init; } = FoldParameters.DefaultConfirmationDepthBlocks;

    /// <summary>
    /// How long a node that reported the recorded head must report only a shorter chain before that counts as a reorg instead of a lag.
    /// Longer than blocks take. A short time mistakes a lagging backend for a reorg; a long one finds removed blocks late. Default 24 s: two
    /// slots of mainnet.
    /// </summary>
    public TimeSpan RollbackPatience { get; init; } = TimeSpan.FromSeconds(24);

    /// <summary>Receipts or nonces per batch.</summary>
    [Range(1, 1_000)]
    public int ItemsPerCall { get; init; } = 32;

    /// <summary>Interval between polls for the head, beside or instead of the subscription. Default 4 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a block waits for its receipts. Default 1 s. A shorter time records more blocks whose outcomes follow later.</summary>
    public TimeSpan ReceiptPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Maximum number of requests for missing receipts, after which they are a recorded drop. Default 40, about 18 minutes.</summary>
    [Range(1, 10_000)]
    public int ReceiptAttempts { get; init; } = 40;

    /// <summary>First pause before missing receipts are asked for again. Doubles up to <see cref="MaxReceiptRetryDelay"/>. Default 0.5 s.</summary>
    public TimeSpan ReceiptRetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause before missing receipts are asked for again. Default 30 s.</summary>
    public TimeSpan MaxReceiptRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time after which missing receipts are a problem of the lane. Default 30 s.</summary>
    public TimeSpan ReceiptsLateAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Which logs are recorded with the receipts. Without them the log of mainnet is much smaller, and nothing that reads logs is derived. Default: all.</summary>
    [EnumDataType(typeof(BlockLogs))]
    public BlockLogs Logs { get; init; } = BlockLogs.All;

    /// <summary>The peers of the chain, which are asked for receipts that a node did not return; null if there are none.</summary>
    public PeerReceipts? Peers { get; init; }

    /// <summary>Connections and calls.</summary>
    public RpcConnectionOptions Connection { get; init; } = new();

    /// <summary>Queue and batches. Blocks wait while the log refuses records, because they can be fetched again.</summary>
    public IngestPipelineOptions Pipeline { get; init; } = new()
    {
        QueueCapacityItems = 256,
        QueueCapacityBytes = 1 << 16,
        MaxBodyBytes = 1 << 16,
        DecodeWorkers = 1,
        RecentBodies = 16,
        WhenLogRefuses = LogRefusal.Wait,
    };

    /// <summary>Creates the instruments. Default: one factory for the process; a host passes its own.</summary>
    public IMeterFactory Meters { get; init; } = UnhostedMeters.Shared;

    /// <summary>Checks each range and the relations between options.</summary>
    /// <exception cref="ValidationException">An option is not valid; the message names it.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Connection.Validate();
        Pipeline.Validate();
        Require(Name.Length > 0, $"'' is not a valid {nameof(Name)}: expected at least one character.");
        Require(Endpoints.Count > 0, "Cannot run the block follower without an endpoint.");
        Require(Endpoints.DistinctBy(static endpoint => endpoint.Name).Count() == Endpoints.Count, "Endpoint names are not unique. Give each endpoint its own name.");
        Require(PollInterval > TimeSpan.Zero, $"'{PollInterval}' is not a valid {nameof(PollInterval)}: expected more than zero.");
        Require(RollbackPatience >= TimeSpan.Zero, $"'{RollbackPatience}' is not a valid {nameof(RollbackPatience)}: expected zero or more.");
        Require(ReceiptPatience > TimeSpan.Zero, $"'{ReceiptPatience}' is not a valid {nameof(ReceiptPatience)}: expected more than zero.");
        Require(ReceiptsLateAfter >= TimeSpan.Zero, $"'{ReceiptsLateAfter}' is not a valid {nameof(ReceiptsLateAfter)}: expected zero or more.");
        Require(ReceiptRetryDelay > TimeSpan.Zero, $"'{ReceiptRetryDelay}' is not a valid {nameof(ReceiptRetryDelay)}: expected more than zero.");
        Require(
            ReceiptRetryDelay <= MaxReceiptRetryDelay,
            $"'{ReceiptRetryDelay}' is not a valid {nameof(ReceiptRetryDelay)}: expected at most {nameof(MaxReceiptRetryDelay)}, which is {MaxReceiptRetryDelay}.");
        Require(Pipeline.WhenLogRefuses == LogRefusal.Wait, $"'{Pipeline.WhenLogRefuses}' is not a valid {nameof(Pipeline.WhenLogRefuses)} of the block follower: expected {nameof(LogRefusal.Wait)}.");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ValidationException(sentence);
        }
    }
}
