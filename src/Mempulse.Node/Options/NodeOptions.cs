using System.ComponentModel.DataAnnotations;
using Mempulse.Grains.Hosting;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Playback;

namespace Mempulse.Node.Options;

/// <summary>What a node is asked to do, checked.</summary>
internal sealed record NodeOptions
{
    /// <summary>Where the API listens by default: this machine only.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5100";

    /// <summary>Where logs lie unless told otherwise.</summary>
    public const string DefaultDirectory = "data";

    /// <summary>Live input by chain; empty for a capture.</summary>
    public IReadOnlyList<ChainInput> Chains { get; init; } = [];

    /// <summary>Who is asked for the state that simulations read, by chain; where a chain is not here, its live input is.</summary>
    public IReadOnlyList<ChainInput> StateSources { get; init; } = [];

    /// <summary>What is asked of pending-transaction subscriptions.</summary>
    public PendingSubscription Pending { get; init; } = PendingSubscription.Hashes;

    /// <summary>Time between two comparisons with a node's pool; zero never compares.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The directory of the logs; null for the default, which for the shipped capture is a fresh one.</summary>
    public string? Directory { get; init; }

    /// <summary>The capture to play; null for the shipped one, if there is no live input.</summary>
    public string? Capture { get; init; }

    /// <summary>How fast to play it; null for the pace it suggests itself.</summary>
    public PlaybackPace? Pace { get; init; }

    /// <summary>What this process does. Default: everything.</summary>
    public SiloRoles Roles { get; init; } = SiloRoles.All;

    /// <summary>Sizes and limits of the pipelines of pending transactions; blocks and captures wait where these would drop.</summary>
    public IngestPipelineOptions Ingest { get; init; } = new();

    /// <summary>The peer-to-peer network; null takes no part in it.</summary>
    public PeerSettings? P2p { get; init; }

    /// <summary>Where the API listens; empty leaves it to the settings of ASP.NET Core, and <see cref="DefaultUrl"/> where they are silent.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>True when the shipped capture is played because nothing else was asked for.</summary>
    public bool IsSample => Chains.Count == 0 && P2p is null && Capture is null;
}
