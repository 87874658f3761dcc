using System.ComponentModel.DataAnnotations;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Mempool;

/// <summary>What the RPC lane of one chain listens to, and how.</summary>
public sealed record RpcLaneOptions
{
    /// <summary>The lane's name unless another is given.</summary>
    public const string DefaultName = "rpc";

    /// <summary>Hashes asked for in one call.</summary>
    public const int DefaultBodiesPerCall = 32;

    /// <summary>The lane's name.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The chain every source must serve.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>The sources, all listened to at once; their names are unique.</summary>
    public required IReadOnlyList<RpcEndpoint> Endpoints { get; init; }

    /// <summary>Whether sources are asked for hashes or for whole transactions. Nodes lose more whole ones in bursts.</summary>
    public PendingSubscription Subscription { get; init; } = PendingSubscription.Hashes;

    /// <summary>Hashes asked for in one call.</summary>
    [Range(1, 1_000)]
    public int BodiesPerCall { get; init; } = DefaultBodiesPerCall;

    /// <summary>Calls for bodies under way at a source at once. More fetch faster over HTTP and burden the node.</summary>
    [Range(1, 64)]
    public int BodyCallsInFlight { get; init; } = 4;

    /// <summary>Bodies that may wait to be asked for; more are dropped and counted.</summary>
    [Range(1, 1 << 20)]
    public int BodyQueueCapacity { get; init; } = 1 << 15;

    /// <summary>How often a body is asked for, at another source each time, before it counts as unavailable.</summary>
    [Range(1, 100)]
    public int BodyAttempts { get; init; } = 5;

    /// <summary>Pause before a body that a source does not have is asked for again. Default 250 ms.</summary>
    public TimeSpan BodyRetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Time between two comparisons with a source's pool; zero never compares. Default 15 s.</summary>
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Transactions remembered for each source as shown by it.</summary>
    [Range(16, 1 << 24)]
    public int RecentSightings { get; init; } = 1 << 17;

    /// <summary>Senders whose next nonce is remembered as asked for; 0 never asks, and nonce gaps are then found only once a block shows them.</summary>
    [Range(0, 1 << 24)]
    public int RecentSenders { get; init; } = 1 << 16;

    /// <summary>Connections and calls.</summary>
    public RpcConnectionOptions Connection { get; init; } = new();

    /// <summary>Queue, workers and batches.</summary>
    public IngestPipelineOptions Pipeline { get; init; } = new();

    /// <summary>Checks ranges and how the options fit together.</summary>
    /// <exception cref="ValidationException">One of them does not fit; the message says which.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Connection.Validate();
        Pipeline.Validate();
        Require(Name.Length > 0, $"{nameof(Name)} is not empty.");
        Require(Endpoints.Count > 0, "The RPC lane needs an endpoint.");
        Require(Endpoints.All(static endpoint => endpoint.CanSubscribe), "The RPC lane subscribes: its endpoints start with ws:// or wss://.");
        Require(Endpoints.DistinctBy(static endpoint => endpoint.Name).Count() == Endpoints.Count, "Each endpoint has a name of its own.");
        Require(BodyRetryDelay > TimeSpan.Zero, $"{nameof(BodyRetryDelay)} is above zero.");
        Require(ReconcileInterval >= TimeSpan.Zero, $"{nameof(ReconcileInterval)} is not negative.");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ValidationException(sentence);
        }
    }
}
