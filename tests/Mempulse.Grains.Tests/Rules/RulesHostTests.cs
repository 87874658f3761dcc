using System.Diagnostics.CodeAnalysis;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Ranking;
using Mempulse.Grains.Rules;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.Rules;

/// <summary>The rules of a silo: in its logs before a lane starts, again when their file changes, and never replaced by a file that cannot be used.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "What the test builds owns its parts.")]
public sealed class RulesHostTests : IDisposable
{
    private static readonly ChainId s_main = new(1);
    private static readonly ChainId s_other = new(10);

    private readonly SimulatedFileSystem _disk = new(seed: 5);
    private readonly Measurements _measured = new();
    private readonly LogLines _lines = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_770_000_000));
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("mempulse-rules-").FullName, "own.json");

    public void Dispose()
    {
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
        _measured.Dispose();
        _lines.Dispose();
    }

    [Fact]
    public async Task Every_log_states_the_registry_before_a_lane_starts_and_has_its_content()
    {
        var hash = Write("a");
        var world = Create();

        await world.Stages.StartAsync(through: ServiceLifecycleStage.Active - 1);

        foreach (var chain in new[] { s_main, s_other })
        {
            var stated = Assert.Single(StatedIn(world.Logs.Of(chain)));
            Assert.Equal(new LogEvent.RulesLoaded(RuleSet.Registry, hash, (ulong)new FileInfo(_file).Length, "own.json"), stated);
            Assert.True(world.Stores.Of(chain).TryRead(hash, out var content));
            Assert.Equal(await File.ReadAllBytesAsync(_file, TestContext.Current.CancellationToken), content.ToArray());
        }

        Assert.Equal(string.Empty, world.Host.Problem);
        Assert.Equal(2, _lines.Of(LogLevel.Information).Count(line => line.Contains($"registry {hash} of {_file} in force, 1 contracts and 0 selectors", StringComparison.Ordinal)));
        await world.Stages.StopAsync();
    }

    [Fact]
    public async Task Every_log_states_the_strategies_and_how_opportunities_are_scored_with_the_registry()
    {
        Write("a");
        var world = Create();

        await world.Stages.StartAsync(through: ServiceLifecycleStage.Active - 1);

        foreach (var chain in new[] { s_main, s_other })
        {
            var (strategies, scoring) = (Assert.Single(StatedIn(world.Logs.Of(chain), RuleSet.Strategies)), Assert.Single(StatedIn(world.Logs.Of(chain), RuleSet.Scoring)));
            Assert.True(world.Stores.Of(chain).TryRead(strategies.ContentHash, out var chosen));
            Assert.True(world.Stores.Of(chain).TryRead(scoring.ContentHash, out var scored));
            Assert.Equal((int)scoring.SizeBytes, scored.Length);
            Assert.Equal(StrategyCatalog.All, StrategyChoice.Read(chosen, StrategyCatalog.Instance));
            Assert.Equal(OpportunityScoring.Default, ScoringChoice.Read(scored));
        }

        await world.Stages.StopAsync();
    }

    [Fact]
    public async Task Each_epoch_states_it_again()
    {
        var hash = Write("a");
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            var world = Create();
            await world.Stages.StartAsync();

            Assert.Equal(Enumerable.Repeat(hash, epoch), StatedIn(world.Logs.Of(s_main)).Select(stated => stated.ContentHash));
            await world.Stages.StopAsync();
        }
    }

    [Fact]
    public async Task A_changed_file_is_in_force_after_the_next_look_and_an_unchanged_one_is_not_stated_again()
    {
        var first = Write("a");
        var world = Create();
        await world.Stages.StartAsync();
        await LookAsync(world);
        await LookAsync(world);

        var second = Write("bb");
        await Until.TrueAsync(() => Advance() && StatedIn(world.Logs.Of(s_main)).Count == 2 && StatedIn(world.Logs.Of(s_other)).Count == 2, "the second is stated");

        Assert.Equal([first, second], StatedIn(world.Logs.Of(s_main)).Select(stated => stated.ContentHash));
        await world.Stages.StopAsync();
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData(null, "Could not find file")]
    public async Task A_file_that_cannot_be_used_leaves_the_one_before_in_force_and_says_why_until_it_can(string? content, string reason)
    {
        var first = Write("a");
        var world = Create();
        await world.Stages.StartAsync();

        Replace(content);
        await Until.TrueAsync(() => Advance() && world.Host.Problem.Contains(reason, StringComparison.Ordinal), "the problem is known");
        await LookAsync(world);
        await LookAsync(world);
        Assert.Contains(reason, world.Host.Problem, StringComparison.Ordinal);
        Assert.Equal([first], StatedIn(world.Logs.Of(s_main)).Select(stated => stated.ContentHash));
        Assert.Single(_lines.Of(LogLevel.Warning), line => line.StartsWith("The registry before stays in force: ", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));

        Write("a");
        await Until.TrueAsync(() => Advance() && world.Host.Problem.Length == 0, "the file is good again");

        Assert.Equal([first], StatedIn(world.Logs.Of(s_main)).Select(stated => stated.ContentHash));
        await world.Stages.StopAsync();
    }

    [Fact]
    public async Task A_file_that_is_put_back_as_it_was_is_in_force_without_a_problem()
    {
        var first = Write("a");
        var written = File.GetLastWriteTimeUtc(_file);
        var world = Create();
        await world.Stages.StartAsync();
        Replace("{");
        await Until.TrueAsync(() => Advance() && world.Host.Problem.Length > 0, "the problem is known");

        Write("a", written);
        await Until.TrueAsync(() => Advance() && world.Host.Problem.Length == 0, "the file is good again");

        Assert.Equal([first], StatedIn(world.Logs.Of(s_main)).Select(stated => stated.ContentHash));
        await world.Stages.StopAsync();
    }

    [Fact]
    public async Task A_log_without_room_gets_the_record_once_it_has_room_and_after_its_content()
    {
        var hash = Write("a");
        var world = Create();
        await world.Stages.StartAsync(through: ServiceLifecycleStage.ApplicationServices);
        _disk.Faults = static call => call.Kind == DiskCallKind.Write && call.Path.EndsWith(".wal", StringComparison.Ordinal) ? DiskFault.NoSpace : DiskFault.None;

        await world.Stages.StartAsync(from: ServiceLifecycleStage.ApplicationServices + 1);

        Assert.NotEqual(string.Empty, world.Host.Problem);
        Assert.Empty(StatedIn(world.Logs.Of(s_main)));
        _disk.Faults = static _ => DiskFault.None;
        await Until.TrueAsync(() => Advance() && world.Host.Problem.Length == 0, "the record is in the log");
        Assert.Equal([hash], StatedIn(world.Logs.Of(s_main)).Select(stated => stated.ContentHash));
        Assert.True(world.Stores.Of(s_main).TryRead(hash, out _));
        await world.Stages.StopAsync();
    }

    [Fact]
    public async Task Without_a_file_nothing_is_stated()
    {
        var world = Create(hasFile: false);
        await world.Stages.StartAsync();

        Assert.Empty(StatedIn(world.Logs.Of(s_main)));
        Assert.Equal(string.Empty, world.Host.Problem);
        await world.Stages.StopAsync();
    }

    [Fact]
    public void A_file_that_is_not_a_registry_is_not_a_valid_setting()
    {
        File.WriteAllText(_file, "{");

        var problems = OptionsCheck.Problems(MempulseSilo.RulesSection, new RulesOptions { Registry = _file });

        Assert.StartsWith($"The section Mempulse:Rules is not valid: Cannot use the registry {_file}: ", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Empty(OptionsCheck.Problems(MempulseSilo.RulesSection, new RulesOptions()));
    }

    /// <summary>Replaces the file at once, as an editor does, with a registry that names one contract.</summary>
    private Hash256 Write(string name, DateTime? written = null)
    {
        Replace($$"""{"format": 1, "contracts": [{"address": "0x00000000000000000000000000000000000000aa", "name": "{{name}}", "protocol": "p", "kind": "token"}]}""", written);
        return Keccak256.Hash(File.ReadAllBytes(_file));
    }

    private void Replace(string? content, DateTime? written = null)
    {
        if (content is null)
        {
            File.Delete(_file);
            return;
        }

        File.WriteAllText(_file + ".new", content);
        File.SetLastWriteTimeUtc(_file + ".new", written ?? File.GetLastWriteTimeUtc(_file + ".new"));
        File.Move(_file + ".new", _file, overwrite: true);
    }

    private bool Advance()
    {
        _time.Advance(RulesOptions.DefaultReloadInterval);
        return true;
    }

    /// <summary>Lets the host look at the file: the next append is after it.</summary>
    private async Task LookAsync(World world)
    {
        Advance();
        await world.Logs.Of(s_main).AppendAsync(TestLog.Sightings(++world.Sightings, 1), Canon.Appending.AcknowledgeOn.Pool);
    }

    private static List<LogEvent.RulesLoaded> StatedIn(ChainLog log, RuleSet set = RuleSet.Registry)
    {
        var all = new List<LogEvent.RulesLoaded>();
        using var scan = log.Reader.Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                if (LogEvent.Decode(record) is LogEvent.RulesLoaded found && found.Set == set)
                {
                    all.Add(found);
                }
            }
        }

        return all;
    }

    private World Create(bool hasFile = true)
    {
        var services = new ServiceCollection().AddKeyedSingleton(Abstractions.GrainKeys.LogStreams, ScriptedGrain.OfMethods<Orleans.Streams.IStreamProvider>(
            (_, _) => ScriptedGrain.Of<Orleans.Streams.IAsyncStream<Abstractions.Logs.LogNotice>>((_, _) => Task.CompletedTask))).BuildServiceProvider();
        var options = Options.Create(new LogHostOptions { Chains = [s_main, s_other], Directory = "/data", Files = _disk });
        var logs = new LogHost(
            options,
            ScriptedGrain.Factory<IClusterClient>(new Dictionary<string, object>(), services),
            new HostMeters(new LogMeter(_measured.Meters), new PublisherMeter(_measured.Meters), new FactMeter(_measured.Meters)),
            new RecentBodies(),
            _time,
            _lines,
            new LogFailure());
        var stores = new RulesStores(options);
        var host = new RulesHost(Options.Create(new RulesOptions { Registry = hasFile ? _file : null }), Options.Create(new RankOptions()), options, logs, stores, _time, _lines.For<RulesHost>());
        return new World(logs, stores, host, new SiloStages(logs, host));
    }

    private sealed record World(LogHost Logs, RulesStores Stores, RulesHost Host, SiloStages Stages)
    {
        public ulong Sightings { get; set; }
    }
}
