namespace Mempulse.Cli.Monitoring;

/// <summary>The displayed parts of a node's answer to GET /status. What an older or newer node does not report is empty.</summary>
internal sealed record NodeStatus
{
    public string Chain { get; init; } = string.Empty;

    public bool Synthetic { get; init; }

    public long TimeMs { get; init; }

    public LogStatus Log { get; init; } = new();

    public FoldStatus Fold { get; init; } = new();

    public IReadOnlyDictionary<string, long> Pool { get; init; } = new Dictionary<string, long>();

    public FollowerStatus Follower { get; init; } = new();

    public IReadOnlyList<LaneStatus> Lanes { get; init; } = [];

    public IReadOnlyList<SourceStatus> Sources { get; init; } = [];

    internal sealed record LogStatus
    {
        public string State { get; init; } = string.Empty;

        public string Detail { get; init; } = string.Empty;

        public ulong Epoch { get; init; }

        public ulong Watermark { get; init; }

        public long AppendedEvents { get; init; }

        public long DurableBytes { get; init; }
    }

    internal sealed record FoldStatus
    {
        public string Phase { get; init; } = string.Empty;

        public ulong AppliedSeq { get; init; }

        public ulong LagEvents { get; init; }

        public string Digest { get; init; } = string.Empty;

        public string EventTime { get; init; } = string.Empty;

        public ulong? HeadNumber { get; init; }

        public long Divergences { get; init; }

        public string Detail { get; init; } = string.Empty;
    }

    internal sealed record FollowerStatus
    {
        public long Events { get; init; }

        public long Holes { get; init; }

        public long Stalls { get; init; }
    }

    internal sealed record LaneStatus
    {
        public string Name { get; init; } = string.Empty;

        public bool Running { get; init; }

        public string Failure { get; init; } = string.Empty;

        public long Accepted { get; init; }

        public long Decoded { get; init; }

        public long Appended { get; init; }

        public long QueueDepth { get; init; }

        public long QueuePeak { get; init; }

        public long QueueCapacity { get; init; }

        public IReadOnlyDictionary<string, long> Drops { get; init; } = new Dictionary<string, long>();
    }

    internal sealed record SourceStatus
    {
        public string Name { get; init; } = string.Empty;

        public bool Connected { get; init; }

        public bool Synthetic { get; init; }

        public ulong Sightings { get; init; }

        public ulong Firsts { get; init; }
    }
}
