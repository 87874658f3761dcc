using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Orleans.Streams;

namespace Mempulse.Grains.Publishing;

/// <summary>A chain's log stream in Orleans.</summary>
internal sealed class OrleansLogStream(IAsyncStream<LogNotice> stream) : ILogStream
{
    public static OrleansLogStream Of(IClusterClient cluster, ChainId chain) => new(cluster
        .GetStreamProvider(GrainKeys.LogStreams)
        .GetStream<LogNotice>(StreamId.Create(GrainKeys.LogStreams, GrainKeys.Of(chain))));

    public Task PublishAsync(LogNotice notice) => stream.OnNextAsync(notice);
}
