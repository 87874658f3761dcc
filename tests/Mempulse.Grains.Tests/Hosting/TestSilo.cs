using System.Collections.Concurrent;
using System.Diagnostics;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Bundles;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Simulations;
using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Playback;
using Mempulse.Primitives;
using Mempulse.Testing.Waiting;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Mempulse.Grains.Tests.Hosting;

/// <summary>A real silo in this process, or several of one role each, with a real log in a temporary directory; called through a separate client.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly int _lanes;

    private TestSilo(InProcessTestCluster cluster, int lanes) => (_cluster, _lanes) = (cluster, lanes);

    public static ChainId Chain => new(1);

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>The services of the first silo.</summary>
    public IServiceProvider Services => _cluster.Silos[0].ServiceProvider;

    public static string Sample => Path.Combine(AppContext.BaseDirectory, "mainnet-pectra.mpc");

    public static async Task<TestSilo> StartAsync(
        string directory, IReadOnlyList<LanePlan>? lanes = null, Action<FoldOptions>? fold = null, Action<LogHostOptions>? logs = null,
        Action<SimHostOptions>? simulations = null, Action<BundleOptions>? bundles = null, IReadOnlyList<ChainId[]>? held = null, params SiloRoles[] roles)
    {
        var heldToCome = new ConcurrentQueue<ChainId[]>(held ?? []);
        var rolesToCome = new ConcurrentQueue<SiloRoles>(roles.Length > 0 ? roles : [SiloRoles.All]);
        var builder = new InProcessTestClusterBuilder((short)rolesToCome.Count);
        builder.ConfigureSilo((_, silo) => silo.AddMempulse(rolesToCome.TryDequeue(out var role) ? role : throw new UnreachableException(), heldToCome.TryDequeue(out var chains) ? chains : [Chain])
            .Configure<LogHostOptions>(options =>
            {
                options.Directory = directory;
                logs?.Invoke(options);
            })
            .Configure<FoldOptions>(options => fold?.Invoke(options))
            .Configure<IngestHostOptions>(options => options.Lanes = lanes ?? [])
            .Configure<BundleOptions>(options => bundles?.Invoke(options))
            .Configure<SimHostOptions>(options => simulations?.Invoke(options)));
        // A client that missed a silo's joining asks again only after this interval, a minute by default.
        builder.ConfigureClient(client => client.Configure<TypeManagementOptions>(options => options.TypeMapRefreshInterval = TimeSpan.FromSeconds(1)));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        await Until.TrueAsync(() => HasEveryGrain(cluster.Client), "silos of all roles have joined");
        return new TestSilo(cluster, lanes?.Count ?? 0);
    }

    /// <summary>The shipped capture at maximum speed.</summary>
    public static LanePlan PlaySample() => new(PlaybackOptions.DefaultLaneName, Chain, IsSynthetic: true, lane => new PlaybackLane(
        CaptureReader.Open(Sample), new PlaybackOptions(), lane.Sink, TransactionBodyDecoder.For(Chain), lane.Time));

    /// <summary>A silo of one role announces only its own grains, so the client knows all of them only once every silo has joined.</summary>
    private static bool HasEveryGrain(IClusterClient client)
    {
        try
        {
            return client.Ingest(Chain) is not null && client.Simulator(Chain) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The silo that hosts a grain; null while none does.</summary>
    public async Task<SiloAddress?> HostOfAsync(IAddressable grain) => await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);

    /// <summary>Stops one of several silos in good order.</summary>
    public Task StopSiloAsync(SiloAddress address) => _cluster.StopSiloAsync(SiloAt(address));

    /// <summary>Ends one of several silos as a crash does.</summary>
    public Task KillSiloAsync(SiloAddress address) => _cluster.KillSiloAsync(SiloAt(address));

    /// <summary>Waits until all lanes have ended and everything is folded and logged.</summary>
    public async Task<PoolStatus> SettleAsync()
    {
        PoolStatus? settled = null;
        await Until.TrueAsync(
            async () =>
            {
                var reports = await Grains.Ingest(Chain).Read();
                settled = await Grains.Mempool(Chain).GetStatus();
                var log = await Grains.Sequencer(Chain).GetStatus();
                return reports.SelectMany(report => report.Lanes).Count(lane => !lane.IsRunning) == _lanes
                    && settled.Phase == FoldPhase.Following
                    && settled.Applied == log.Watermark
                    && settled.DerivedWaiting == 0;
            },
            "everything is folded and logged",
            limitSeconds: 60);
        return settled!;
    }

    private InProcessSiloHandle SiloAt(SiloAddress address) => _cluster.Silos.Single(silo => silo.SiloAddress.Equals(address));

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }
}
