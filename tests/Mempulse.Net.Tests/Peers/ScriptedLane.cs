using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Peers;

/// <summary>A running peer lane between a scripted network and a sink that keeps everything.</summary>
public abstract class ScriptedLane : IAsyncLifetime
{
    private readonly RecordingSink _sink = new();

    private protected ScriptedLane(PeerLaneOptions options) => Lane = new PeerLane(options, Decoded, Network, _sink, TimeProvider.System);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the lane shares with the chain's other lanes.</summary>
    private protected DecodedBodies Decoded { get; } = new(1 << 12);

    private protected ScriptedNetwork Network { get; } = new();

    private protected PeerLane Lane { get; }

    public async ValueTask InitializeAsync() => await Lane.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Lane.DisposeAsync();
        await Network.DisposeAsync();
    }

    /// <summary>Everything the lane recorded, once it has decoded the given number of bodies.</summary>
    private protected async Task<List<LogEvent>> StopAsync(int decoded)
    {
        await Until.TrueAsync(() => Lane.ReadStatus().DecodedCount == decoded, $"{decoded} decoded");
        await Lane.StopAsync(Token);
        return _sink.Events();
    }
}
