using Mempulse.Observability;

namespace Mempulse.Grains.Logs;

/// <summary>The meters of what a log host runs.</summary>
internal sealed record HostMeters(LogMeter Log, PublisherMeter Publisher);
