using Mempulse.Folding.Live;
using Mempulse.Grains.Books;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Ranking;
using Mempulse.Grains.RelayData;
using Mempulse.Grains.Rules;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Traces;
using Mempulse.Net.Ingest;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Storage.Rules;

namespace Mempulse.Api.Tests.Settings;

/// <summary>Every option of the node, changed, changes what it says. An option without a row fails.</summary>
public sealed class OptionEffectTests
{
    /// <summary>Sections whose options objects are used as they are by the parts of the silo that own them, whose tests show the effect; here it is that they arrive.</summary>
    private static readonly string[] _handedOn = ["Mempulse:Log:Publisher:", "Mempulse:Log:Lease:", "Mempulse:Fold:", "Mempulse:Ingest:", "Mempulse:Lanes:", "Mempulse:Simulation:", "Mempulse:Rules:", "Mempulse:Ranking:", "Mempulse:Book:", "Mempulse:RelayData:", "Mempulse:Traces:"];

    /// <summary>Tests of whole nodes.</summary>
    private static readonly string[] _elsewhere = ["Mempulse:Api:Hosts"]; // RequestRulesTests

    private static readonly IReadOnlyList<EffectRow> _rows = [.. NodeEffects.CommandLine, .. NodeEffects.TopSettings, .. NodeEffects.Sections, .. BundleEffects.All];

    /// <summary>A node without any option, which many rows compare with.</summary>
    private static readonly Lazy<BuiltNode> _plain = new(static () => BuiltNode.Of());

    public static TheoryData<string> Rows => [.. _rows.Select(row => row.Option)];

    [Fact]
    public void Every_option_has_a_row()
    {
        var rows = _rows.Select(row => row.Option).ToHashSet();
        var options = NodeArguments.Build().Options.Select(option => option.Name).Where(name => name is not ("--help" or "--version")).Concat(Setting.All.Select(setting => setting.Name));

        string[] missing = [.. options.Where(option => !rows.Contains(option) && !_elsewhere.Contains(option) && !_handedOn.Any(section => option.StartsWith(section, StringComparison.Ordinal)))];
        Assert.Empty(missing);
        Assert.Equal(rows.Count, _rows.Count);
        Assert.All(_rows, row => Assert.NotEqual(row.Without, row.With));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_option_changes_what_it_says(string option)
    {
        var row = _rows.Single(row => row.Option == option);
        var without = row.Base.Length == 0 ? _plain.Value : BuiltNode.Of(row.Base);
        await using var with = BuiltNode.Of([.. row.Base, .. row.Given]);

        Assert.Equal((row.Without, row.With), (row.Effect(without), row.Effect(with)));
        if (row.Base.Length > 0)
        {
            await without.DisposeAsync();
        }
    }

    /// <summary>All at once, each with a value of its own.</summary>
    [Fact]
    public async Task Every_setting_that_is_handed_on_arrives()
    {
        var settings = Setting.All.Where(setting => _handedOn.Any(section => setting.Name.StartsWith(section, StringComparison.Ordinal)) && setting.Other is not null).ToList();
        await using var node = BuiltNode.Of([.. settings.Select(setting => $"{setting.Name}={setting.Other}"), $"Mempulse:Fold:AcknowledgedHead=0x{new string('a', 64)}", "Mempulse:Ranking:Profile=parity", "--rpc", "ws://127.0.0.1:1"]);
        object Of(Type section) => section == typeof(LogHostOptions) ? node.Of<LogHostOptions>()
            : section == typeof(FoldOptions) ? node.Of<FoldOptions>()
            : section == typeof(IngestHostOptions) ? node.Of<IngestHostOptions>()
            : section == typeof(SimHostOptions) ? node.Of<SimHostOptions>()
            : section == typeof(RulesOptions) ? node.Of<RulesOptions>()
            : section == typeof(RelayDataOptions) ? node.Of<RelayDataOptions>()
            : section == typeof(BookWatchOptions) ? node.Of<BookWatchOptions>()
            : section == typeof(TraceOptions) ? node.Of<TraceOptions>()
            : section == typeof(IngestPipelineOptions) ? LiveInput.PendingOf(node.Options.Chains[0], node.Options, node.Context).Pipeline
            : throw new NotSupportedException(section.Name);

        Assert.InRange(settings.Count, 35, 100);
        Assert.Equal(settings.Select(setting => $"{setting.Name}={setting.Other}"), settings.Select(setting => $"{setting.Name}={setting.TextIn(Of(setting.Section))}"));
        Assert.Equal(($"0x{new string('a', 64)}", "parity"), (node.Of<FoldOptions>().AcknowledgedHead, node.Of<RankOptions>().Profile));
    }

    [Fact]
    public async Task The_collector_of_traces_is_the_one_that_the_environment_names()
    {
        await using var plain = BuiltNode.Of();
        await using var node = BuiltNode.Of("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");

        Assert.Null(plain.Of<TraceOptions>().Collector);
        Assert.Equal("http://127.0.0.1:4318/v1/traces", node.Of<TraceOptions>().Collector!.Endpoint.ToString());
        await using var wrong = BuiltNode.Of("OTEL_EXPORTER_OTLP_ENDPOINT=http://c", "OTEL_EXPORTER_OTLP_PROTOCOL=ftp");
        Assert.StartsWith("'ftp' is not a valid OTEL_EXPORTER_OTLP_PROTOCOL", Assert.Throws<NodeUsageException>(() => wrong.App).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_registry_is_the_shipped_one_or_that_of_the_setting()
    {
        string own = Path.Combine(Directory.CreateTempSubdirectory("mempulse-registry-").FullName, "own.json");
        await File.WriteAllTextAsync(own, """{"format": 1}""", TestContext.Current.CancellationToken);
        await using var plain = BuiltNode.Of();
        await using var node = BuiltNode.Of($"Mempulse:Rules:Registry={own}");

        Assert.Equal((RegistryFile.Shipped, own), (plain.Of<RulesOptions>().Registry, node.Of<RulesOptions>().Registry));
        Directory.Delete(Path.GetDirectoryName(own)!, recursive: true);
    }

    [Fact]
    public async Task The_command_line_overrides_a_setting_and_that_overrides_a_default()
    {
        await using var configured = BuiltNode.Of("Mempulse:Pending=bodies", "Mempulse:Reconcile=3", "Mempulse:P2p:MaxPeers=9", "Mempulse:P2p:Listen=127.0.0.1:7", "Mempulse:Data=/a", "Mempulse:Rpc:0=ws://127.0.0.1:1", "Mempulse:Chain=5", "Mempulse:Roles=log");
        await using var overridden = BuiltNode.Of(
            "Mempulse:Pending=bodies", "Mempulse:Reconcile=3", "Mempulse:P2p:MaxPeers=9", "Mempulse:P2p:Listen=127.0.0.1:7", "Mempulse:Data=/a", "Mempulse:Rpc:0=ws://127.0.0.1:1", "Mempulse:Chain=5", "Mempulse:Roles=log",
            "--pending", "hashes", "--reconcile", "4", "--max-peers", "8", "--p2p", "127.0.0.1:6", "--data", "/b", "--rpc", "ws://127.0.0.1:2", "--roles", "api");

        Assert.Equal(("Bodies", 3.0, 9, "127.0.0.1:7", "/a", "5 ws://127.0.0.1:1", "Log"), Of(configured.Options));
        Assert.Equal(("Hashes", 4.0, 8, "127.0.0.1:6", "/b", "1 ws://127.0.0.1:2", "Api"), Of(overridden.Options));
    }

    private static (string, double, int, string?, string?, string, string) Of(NodeOptions options) => (
        options.Pending.ToString(), options.ReconcileInterval.TotalSeconds, options.P2p!.MaxPeers, options.P2p.Listen, options.Directory, $"{options.Chains[0].Chain} {options.Chains[0].Endpoints[0].Shown}", options.Roles.ToString());

    [Fact]
    public async Task What_the_log_holds_is_what_a_lane_continues_with()
    {
        await using var node = BuiltNode.Of("--rpc", "ws://127.0.0.1:1");
        var block = new Mempulse.Grains.Abstractions.Mempool.FoldedBlock(new(7), Mempulse.Testing.Scenarios.Named.Block("b"), Mempulse.Testing.Scenarios.Named.Block("a"), LacksReceipts: true);
        var held = new Mempulse.Grains.Abstractions.Sources.HeldTransactions(default, [Mempulse.Testing.Scenarios.Named.Tx("t")]);
        var context = node.Context with { Resumed = new ResumePoint([block], [held]) };

        var resumed = Assert.Single(LiveInput.BlocksOf(node.Options.Chains[0], node.Options, context).ResumeFrom);
        var source = Assert.Single(LiveInput.PendingOf(node.Options.Chains[0], node.Options, context).ResumeFrom);

        Assert.Equal((block.Number, block.Hash, block.ParentHash, true), (resumed.Number, resumed.Hash, resumed.ParentHash, resumed.LacksReceipts));
        Assert.Equal((held.Source, held.Transactions), (source.Key, source.Value));
    }

    [Theory]
    [InlineData("Cannot write live input (--rpc, --p2p) and a capture (--capture) to one log. Choose one of them.", "--rpc", "ws://127.0.0.1:1")]
    [InlineData("Cannot write live input (--rpc, --p2p) and a capture (--capture) to one log. Choose one of them.", "--p2p", "none")]
    public void Two_inputs_into_one_log_are_refused(string sentence, params string[] live) =>
        Assert.Equal(sentence, Assert.Throws<NodeUsageException>(() => BuiltNode.Of([.. live, "--capture", CaptureInput.SamplePath])).Message);
}
