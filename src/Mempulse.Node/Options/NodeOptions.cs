using System.ComponentModel.DataAnnotations;
using Mempulse.Grains.Hosting;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Playback;
using Mempulse.Primitives;

namespace Mempulse.Node.Options;

/// <summary>Options of a node, validated.</summary>
internal sealed record NodeOptions
{
    /// <summary>Where the API listens by default: this machine only.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5100";

    /// <summary>Default directory of the logs.</summary>
    public const string DefaultDirectory = "data";

    /// <summary>Live input by chain; empty for a capture.</summary>
    public IReadOnlyList<ChainInput> Chains { get; init; } = [];

    /// <summary>Endpoints that simulations read state from, by chain; a chain without any uses its live input.</summary>
    public IReadOnlyList<ChainInput> StateSources { get; init; } = [];

    /// <summary>What subscriptions to pending transactions deliver.</summary>
    public PendingSubscription Pending { get; init; } = PendingSubscription.Hashes;

    /// <summary>Time between two comparisons with a node's pool; zero turns them off. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Which logs of blocks are recorded.</summary>
    public BlockLogs BlockLogs { get; init; } = BlockLogs.All;

    /// <summary>Rules of the chains' pools; a chain without an entry has the defaults.</summary>
    public IReadOnlyList<PoolSettings> Pools { get; init; } = [];

    /// <summary>The account that acts.</summary>
    public OperatorSettings Operator { get; init; } = new();

    /// <summary>The relays that bundles are sent to.</summary>
    public IReadOnlyList<RelaySettings> Relays { get; init; } = [];

    /// <summary>The directory of the logs; null for the default, which for the shipped capture is a fresh one.</summary>
    public string? Directory { get; init; }

    /// <summary>The capture to play; null for the shipped one, if there is no live input.</summary>
    public string? Capture { get; init; }

    /// <summary>Its pace; null for the pace that it suggests.</summary>
    public PlaybackPace? Pace { get; init; }

    /// <summary>What this process does. Default: everything.</summary>
    public SiloRoles Roles { get; init; } = SiloRoles.All;

    /// <summary>The chains of the cluster, for a silo whose input does not name them; empty for those of the input.</summary>
    public IReadOnlyList<ChainId> ChainIds { get; init; } = [];

    /// <summary>The chains whose logs this silo holds, if it has that role; empty for all.</summary>
    public IReadOnlyList<ChainId> LogChains { get; init; } = [];

    /// <summary>The cluster that this silo joins; null for a cluster of its own.</summary>
    public ClusterSettings? Cluster { get; init; }

    /// <summary>Sizes and limits of the pipelines of pending transactions; the pipelines of blocks and captures wait instead of dropping.</summary>
    public IngestPipelineOptions Ingest { get; init; } = new();

    /// <summary>The peer-to-peer network; null disables it.</summary>
    public PeerSettings? P2p { get; init; }

    /// <summary>Where the API listens; empty for the settings of ASP.NET Core, or <see cref="DefaultUrl"/> if they name no address.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>True when the shipped capture is played because no input is given.</summary>
    public bool IsSample => Chains.Count == 0 && P2p is null && Capture is null && ChainIds.Count == 0;
}
