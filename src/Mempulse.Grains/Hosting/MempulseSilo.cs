using Mempulse.Folding;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Folding;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Simulations;
using Mempulse.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace Mempulse.Grains.Hosting;

/// <summary>Puts the main job into a silo: logs, streams, folds, lanes.</summary>
public static class MempulseSilo
{
    /// <summary>Few queues: each is polled every few milliseconds, and each chain's stream lies in one of them.</summary>
    private const int StreamQueues = 2;

    private static readonly TimeSpan _streamPoll = TimeSpan.FromMilliseconds(25);

    /// <summary>Items that a follower did not get in this time it reads from the log.</summary>
    private static readonly TimeSpan _streamMemory = TimeSpan.FromSeconds(10);

    /// <summary>Adds everything that a silo with logs needs; what it holds and runs is in the options.</summary>
    public static ISiloBuilder AddMempulse(
        this ISiloBuilder silo,
        Action<LogHostOptions> logs,
        Action<FoldOptions> fold,
        Action<IngestHostOptions> ingest,
        Action<SimHostOptions> simulations)
    {
        silo.AddMemoryGrainStorage("PubSubStore");
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

        // Shedding under memory pressure deactivates even what must stay, and the log's silo is where everything must stay.
        silo.Configure<GrainCollectionOptions>(options => options.EnableActivationSheddingOnMemoryPressure = false);
        silo.AddActivityPropagation();
        silo.Services.Configure(logs).Configure(fold).Configure(ingest).Configure(simulations);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton(FoldComposition.Default);
        silo.Services.TryAddSingleton(static services => services.GetRequiredService<FoldComposition>().Events);
        AddMeters(silo.Services);
        silo.Services.AddSingleton<LogHost>().AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<LogHost>());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, FoldStarter>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, IngestHost>();
        silo.Services.AddSingleton<CheckpointDirectory>();
        silo.Services.AddSingleton<SimHost>().AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<SimHost>());
        return silo;
    }

    private static void AddMeters(IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<LogMeter>();
        services.TryAddSingleton<PublisherMeter>();
        services.TryAddSingleton<FoldMeter>();
        services.TryAddSingleton<IngestMeter>();
        services.TryAddSingleton<SimMeter>();
        services.TryAddSingleton<HostMeters>();
    }
}
