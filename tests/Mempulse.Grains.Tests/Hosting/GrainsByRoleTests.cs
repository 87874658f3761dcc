using Mempulse.Grains.Folding;
using Mempulse.Grains.Books;
using Mempulse.Grains.Bundles;
using Mempulse.Grains.Competition;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Rules;
using Mempulse.Grains.Mempool;
using Mempulse.Grains.Opportunities;
using Mempulse.Grains.RelayData;
using Mempulse.Grains.Replays;
using Mempulse.Grains.Senders;
using Mempulse.Grains.Sequencing;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Traces;
using Mempulse.Grains.Transactions;
using Mempulse.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Mempulse.Grains.Tests.Hosting;

/// <summary>A silo hosts the grains and runs the services of its roles, and nothing of another role.</summary>
public sealed class GrainsByRoleTests
{
    private static readonly Type[] s_log =
    [
        typeof(SequencerGrain), typeof(MempoolGrain), typeof(LogReaderGrain), typeof(ReplayGrain), typeof(TxGrain), typeof(SenderGrain), typeof(SimLedgerGrain), typeof(IngestGrain), typeof(OpportunityGrain), typeof(BundleLedgerGrain),
    ];

    private static readonly Type[] s_worker = [typeof(SimulatorGrain), typeof(BookWatchGrain), typeof(AssemblyGrain), typeof(BundleGrain), typeof(CompetitionGrain), typeof(RelayDataGrain)];

    public static TheoryData<SiloRoles, string[], string[]> Roles => new()
    {
        { SiloRoles.None, [], [] },
        { SiloRoles.Api, [], [] },
        { SiloRoles.Ingest, [], [nameof(IngestHost)] },
        { SiloRoles.Worker, Names(s_worker), [nameof(BookWatchStarter), nameof(SimHost)] },
        { SiloRoles.Log, Names(s_log), [nameof(FoldStarter), nameof(LogHost), nameof(RulesHost), nameof(TraceHost)] },
        { SiloRoles.Log | SiloRoles.Worker, Names([.. s_log, .. s_worker]), [nameof(BookWatchStarter), nameof(FoldStarter), nameof(LogHost), nameof(RulesHost), nameof(SimHost), nameof(TraceHost)] },
        { SiloRoles.All, Names([.. s_log, .. s_worker]), [nameof(BookWatchStarter), nameof(FoldStarter), nameof(IngestHost), nameof(LogHost), nameof(RulesHost), nameof(SimHost), nameof(TraceHost)] },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_silo_announces_the_grains_of_its_roles_and_runs_their_services(SiloRoles roles, string[] grains, string[] services)
    {
        using var host = Build(roles);

        var announced = host.Services.GetRequiredService<IOptions<GrainTypeOptions>>().Value.Classes.Where(type => GrainsByRole.All.ContainsKey(type));
        var running = host.Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>().Select(service => service.GetType()).Where(type => type.Assembly == typeof(LogHost).Assembly);

        Assert.Equal(grains, announced.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.Equal(services, running.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Services_and_grains_share_one_instance_of_each_host_and_meter()
    {
        using var host = Build(SiloRoles.All);

        var running = host.Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>().ToList();
        Assert.Contains(host.Services.GetRequiredService<LogHost>(), running);
        Assert.Contains(host.Services.GetRequiredService<SimHost>(), running);
        Assert.Same(host.Services.GetRequiredService<HostMeters>().Log, host.Services.GetRequiredService<LogMeter>());
        Assert.False(host.Services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value.EnableActivationSheddingOnMemoryPressure);
        Assert.Same(Mempulse.Folding.FoldComposition.Default.Events, host.Services.GetRequiredService<Primitives.Events.EventCatalog>());
    }

    [Fact]
    public void A_silo_of_any_role_sends_the_failures_of_the_project_and_of_the_database_as_they_are()
    {
        using var host = Build(SiloRoles.None);

        var known = host.Services.GetRequiredService<IOptions<ExceptionSerializationOptions>>().Value.SupportedNamespacePrefixes;
        Assert.Superset(new HashSet<string> { "Mempulse", "Npgsql" }, known);
    }

    private static string[] Names(Type[] types) => [.. types.Select(type => type.Name).Order(StringComparer.Ordinal)];

    private static IHost Build(SiloRoles roles)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddMempulse(roles, []));
        return builder.Build();
    }
}
