using Mempulse.Folding;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Folding;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Placement;
using Mempulse.Grains.Books;
using Mempulse.Grains.Bundles;
using Mempulse.Grains.Ranking;
using Mempulse.Grains.RelayData;
using Mempulse.Grains.Rules;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Traces;
using Mempulse.Observability;
using Mempulse.Primitives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Storage;

namespace Mempulse.Grains.Hosting;

/// <summary>Adds the services of Mempulse to a silo, by role: logs and folds, lanes, simulations.</summary>
public static class MempulseSilo
{
    /// <summary>The root section of the configuration.</summary>
    public const string Section = "Mempulse";

    /// <summary>The section of <see cref="LogHostOptions"/>.</summary>
    public const string LogSection = Section + ":Log";

    /// <summary>The section of <see cref="FoldOptions"/>.</summary>
    public const string FoldSection = Section + ":Fold";

    /// <summary>The section of <see cref="IngestHostOptions"/>.</summary>
    public const string LanesSection = Section + ":Lanes";

    /// <summary>The section of <see cref="SimHostOptions"/>.</summary>
    public const string SimulationSection = Section + ":Simulation";

    /// <summary>The section of <see cref="RulesOptions"/>.</summary>
    public const string RulesSection = Section + ":Rules";

    /// <summary>The section of <see cref="BookWatchOptions"/>.</summary>
    public const string BookSection = Section + ":Book";

    /// <summary>The section of <see cref="BundleOptions"/>.</summary>
    public const string BundlesSection = Section + ":Bundles";

    /// <summary>The section of <see cref="RelayDataOptions"/>.</summary>
    public const string RelayDataSection = Section + ":RelayData";

    /// <summary>The section of <see cref="RankOptions"/>.</summary>
    public const string RankSection = Section + ":Ranking";

    /// <summary>The section of <see cref="TraceOptions"/>.</summary>
    public const string TracesSection = Section + ":Traces";

    /// <summary>The name by which Orleans' streams ask for their storage.</summary>
    private const string PubSubStore = nameof(PubSubStore);

    /// <summary>A few queues suffice: each is polled every few milliseconds, and each chain's stream is in one of them.</summary>
    private const int StreamQueues = 2;

    private static readonly TimeSpan _streamPoll = TimeSpan.FromMilliseconds(25);

    /// <summary>How long items stay in the cache. A follower reads items it has not received by then from the log.</summary>
    private static readonly TimeSpan _streamMemory = TimeSpan.FromSeconds(10);

    /// <summary>Adds what a silo needs for its roles.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="roles">What it does. Grains of other roles are never placed on it.</param>
    /// <param name="held">The chains whose logs it holds, if it has that role. Grains of other chains that need their log are never placed on it.</param>
    /// <remarks><see cref="IngestHostOptions"/> and <see cref="SimHostOptions"/> list what else it runs. Options are validated on start.</remarks>
    public static ISiloBuilder AddMempulse(this ISiloBuilder silo, SiloRoles roles, IReadOnlyList<ChainId> held)
    {
        var chains = roles.HasFlag(SiloRoles.Log) ? held : [];
        var logs = new HeldLogs(chains);
        silo.UseSiloMetadata(new Dictionary<string, string> { [HeldLogs.Key] = logs.Text });
        silo.Services.AddSingleton(logs);
        silo.Services.Configure<LogHostOptions>(options => options.Chains = chains);
        silo.Services.AddPlacementFilter<BesideLogFilter, BesideLogDirector>(ServiceLifetime.Singleton);
        silo.AddStreams();
        silo.AddActivityPropagation();
        silo.Services.AddCrossingFailures();
        silo.Services.AddMetrics();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton(FoldComposition.Default);
        silo.Services.TryAddSingleton(static services => services.GetRequiredService<FoldComposition>().Events);
        silo.Services.AddCheckedOptions<FoldOptions>(FoldSection);
        silo.Services.AddSingleton<RecentBodies>().AddSingleton<TxBodies>();
        if (roles.HasFlag(SiloRoles.Log))
        {
            silo.AddLogs();
        }

        if (roles.HasFlag(SiloRoles.Ingest))
        {
            silo.AddLanes();
        }

        if (roles.HasFlag(SiloRoles.Worker))
        {
            silo.AddSimulations();
        }

        silo.Services.PostConfigure<GrainTypeOptions>(types => GrainsByRole.RemoveOthers(types.Classes, roles));
        return silo;
    }

    private static void AddLogs(this ISiloBuilder silo)
    {
        // Shedding under memory pressure would also deactivate grains that must stay, such as the fold.
        silo.Configure<GrainCollectionOptions>(options => options.EnableActivationSheddingOnMemoryPressure = false);
        silo.Services.AddCheckedOptions<LogHostOptions>(LogSection);
        silo.Services.AddCheckedOptions<SimHostOptions>(SimulationSection);
        silo.Services.TryAddSingleton<LogMeter>();
        silo.Services.TryAddSingleton<PublisherMeter>();
        silo.Services.TryAddSingleton<FoldMeter>();
        silo.Services.TryAddSingleton<FactMeter>();
        silo.Services.TryAddSingleton<HostMeters>();
        silo.Services.AddCheckedOptions<RulesOptions>(RulesSection);
        silo.Services.AddCheckedOptions<RankOptions>(RankSection);
        silo.Services.AddSingleton<LogFailure>().AddSingleton<CheckpointDirectory>().AddSingleton<SimStores>().AddSingleton<RulesStores>();
        silo.Services.AddParticipant<LogHost>();
        silo.Services.AddParticipant<RulesHost>();
        silo.Services.AddParticipant<FoldStarter>();
        silo.Services.AddCheckedOptions<TraceOptions>(TracesSection);
        silo.Services.TryAddSingleton<TraceMeter>();
        silo.Services.AddParticipant<TraceHost>();
    }

    private static void AddLanes(this ISiloBuilder silo)
    {
        silo.Services.AddCheckedOptions<IngestHostOptions>(LanesSection);
        silo.Services.TryAddSingleton<IngestMeter>();
        silo.Services.AddParticipant<IngestHost>();
    }

    private static void AddSimulations(this ISiloBuilder silo)
    {
        silo.Services.AddCheckedOptions<SimHostOptions>(SimulationSection);
        silo.Services.TryAddSingleton<SimMeter>();
        silo.Services.AddParticipant<SimHost>();
        silo.Services.AddCheckedOptions<BookWatchOptions>(BookSection);
        silo.Services.AddParticipant<BookWatchStarter>();
        silo.Services.AddCheckedOptions<BundleOptions>(BundlesSection);
        silo.Services.TryAddSingleton<BundleMeter>();
        silo.Services.AddSingleton<BundleHost>();
        silo.Services.AddCheckedOptions<RelayDataOptions>(RelayDataSection);
        silo.Services.TryAddSingleton<RelayDataMeter>();
        silo.Services.AddSingleton<RelayDataHost>();
    }

    private static void AddParticipant<T>(this IServiceCollection services)
        where T : class, ILifecycleParticipant<ISiloLifecycle> =>
        services.AddSingleton<T>().AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<T>());

    private static void AddStreams(this ISiloBuilder silo)
    {
        if (!silo.Services.Any(static service => service.ServiceType == typeof(IGrainStorage) && PubSubStore.Equals(service.ServiceKey)))
        {
            silo.AddMemoryGrainStorage(PubSubStore); // the configuration of a cluster names a database
        }

        silo.AddMemoryStreams(GrainKeys.LogStreams, streams =>
        {
            streams.ConfigurePartitioning(StreamQueues);
            streams.ConfigurePullingAgent(agent => agent.Configure(options =>
            {
                options.GetQueueMsgsTimerPeriod = _streamPoll;
                options.BatchContainerBatchSize = 16;
            }));
            streams.ConfigureCacheEviction(cache => cache.Configure(options =>
            {
                options.DataMaxAgeInCache = _streamMemory;
                options.DataMinTimeInCache = _streamMemory / 2;
                options.MetadataMinTimeInCache = _streamMemory;
            }));
        });
    }
}
