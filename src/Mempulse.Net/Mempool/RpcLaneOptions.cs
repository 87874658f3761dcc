using System.Collections.ObjectModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Net.Mempool;

/// <summary>The sources of the RPC lane of one chain, and its limits.</summary>
public sealed record RpcLaneOptions
{
    /// <summary>The default name of the lane.</summary>
    public const string DefaultName = "rpc";

    /// <summary>Hashes per batch of body requests.</summary>
    public const int DefaultBodiesPerCall = 32;

    /// <summary>The lane's name.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The chain every source must serve.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>The sources, all followed in parallel. Their names are unique.</summary>
    public required IReadOnlyList<RpcEndpoint> Endpoints { get; init; }

    /// <summary>Whether to subscribe to hashes or to whole transactions. In bursts, nodes lose more whole transactions.</summary>
    public PendingSubscription Subscription { get; init; } = PendingSubscription.Hashes;

    /// <summary>Hashes per batch of body requests.</summary>
    [Range(1, 1_000)]
    public int BodiesPerCall { get; init; } = DefaultBodiesPerCall;

    /// <summary>Concurrent calls for bodies per source. More calls fetch faster over HTTP and load the node.</summary>
    [Range(1, 64)]
    public int BodyCallsInFlight { get; init; } = 4;

    /// <summary>Maximum number of bodies waiting to be requested; more are dropped and counted.</summary>
    [Range(1, 1 << 20)]
    public int BodyQueueCapacity { get; init; } = 1 << 15;

    /// <summary>Attempts to fetch a body, each at another source, before it counts as unavailable.</summary>
    [Range(1, 100)]
    public int BodyAttempts { get; init; } = 5;

    /// <summary>Pause before a missing body is requested again. Default 250 ms.</summary>
    public TimeSpan BodyRetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Interval between comparisons with a source's pool; zero disables them. Default 15 s.</summary>
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Interval between polls of a source without subscriptions. Default 1 s. A shorter one finds transactions sooner and loads the node; without filters
    /// each poll reads the whole pool.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Transactions per comparison and source that are looked up by hash, because the pool no longer lists them or the node does not show its
    /// pool. More find earlier which ones left, and load the node. 0 disables it. Default 256.
    /// </summary>
    [Range(0, 100_000)]
    public int LeavingChecksPerRound { get; init; } = 256;

    /// <summary>Transactions remembered per source as announced.</summary>
    [Range(16, 1 << 24)]
    public int RecentSightings { get; init; } = 1 << 17;

    /// <summary>Senders remembered as probed for their next nonce. 0 disables the probe; nonce gaps are then found only when a block reveals them.</summary>
    [Range(0, 1 << 24)]
    public int RecentSenders { get; init; } = 1 << 16;

    /// <summary>The transactions that each source may have according to the log: they may have left its pool meanwhile. Default none.</summary>
    public IReadOnlyDictionary<SourceId, IReadOnlyList<Hash256>> ResumeFrom { get; init; } = ReadOnlyDictionary<SourceId, IReadOnlyList<Hash256>>.Empty;

    /// <summary>Connections and calls.</summary>
    public RpcConnectionOptions Connection { get; init; } = new();

    /// <summary>Queue, workers and batches.</summary>
    public IngestPipelineOptions Pipeline { get; init; } = new();

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
        Require(Endpoints.Count > 0, "Cannot run the RPC lane without an endpoint.");
        Require(Endpoints.DistinctBy(static endpoint => endpoint.Name).Count() == Endpoints.Count, "Endpoint names are not unique. Give each endpoint its own name.");
        Require(BodyRetryDelay > TimeSpan.Zero, $"'{BodyRetryDelay}' is not a valid {nameof(BodyRetryDelay)}: expected more than zero.");
        Require(PollInterval > TimeSpan.Zero, $"'{PollInterval}' is not a valid {nameof(PollInterval)}: expected more than zero.");
        Require(ReconcileInterval >= TimeSpan.Zero, $"'{ReconcileInterval}' is not a valid {nameof(ReconcileInterval)}: expected zero or more.");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ValidationException(sentence);
        }
    }
}
