using Mempulse.Observability;

namespace Mempulse.Grains.Logs;

/// <summary>The meters that a log host uses.</summary>
internal sealed record HostMeters(LogMeter Log, PublisherMeter Publisher, FactMeter Facts);
