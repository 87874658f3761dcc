using System.Diagnostics.Metrics;
using Mempulse.ChainState;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Tests.Hosting;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Running;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>Simulations through a real silo over a recorded state: recorded with their traces, bounded in number, counted.</summary>
public sealed class SimulatorGrainTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-sim-").FullName;

    [Fact]
    public async Task Steps_of_a_failed_bundle_are_kept_and_found_by_its_id()
    {
        await using var silo = await StartAsync(MadeChain.State());

        var good = await SimulateAsync(silo, MadeChain.Call(MadeChain.Stopper));
        var failed = await SimulateAsync(silo, MadeChain.Call(MadeChain.Reverter));
        var goodSteps = await silo.Grains.SimLedger(TestSilo.Chain).FindSteps(good.Sim);
        var failedSteps = await silo.Grains.SimLedger(TestSilo.Chain).FindSteps(failed.Sim);

        Assert.Equal((FailureCategory.None, FailureCategory.Revert), (good.Category, failed.Category));
        Assert.Null(good.StepsDigest);
        Assert.Null(goodSteps!.Lines);
        Assert.Contains("were not stored", goodSteps.Problem, StringComparison.Ordinal);
        Assert.Equal(failed.StepsDigest, Keccak256.Hash(failedSteps!.Lines!.Value.Span));
        Assert.Contains("\"REVERT\"", System.Text.Encoding.UTF8.GetString(failedSteps.Lines.Value.Span), StringComparison.Ordinal);
        Assert.Null(await silo.Grains.SimLedger(TestSilo.Chain).FindSteps(Keccak256.Hash("unknown"u8)));
    }

    [Theory]
    [InlineData(StepTraceRule.None, false)]
    [InlineData(StepTraceRule.Sample, true)]
    public async Task The_step_policy_does_not_change_the_simulation(StepTraceRule rule, bool isKept)
    {
        await using var silo = await StartAsync(MadeChain.State(), options => (options.StepTraces, options.StepSampleOneIn) = (rule, 1));

        var fact = await SimulateAsync(silo, MadeChain.Call(MadeChain.Stopper));

        Assert.Equal(isKept, fact.StepsDigest is not null);
        await using var other = await StartAsync(MadeChain.State(), directory: Path.Combine(_directory, "other"));
        Assert.Equal(Line(await SimulateAsync(other, MadeChain.Call(MadeChain.Stopper))), Line(fact with { StepsDigest = null }));
    }

    [Fact]
    public async Task Simulations_over_the_limit_are_refused_and_counted_until_one_ends()
    {
        var state = new GatedState(MadeChain.State());
        await using var silo = await StartAsync(state, options => options.MaxInFlight = 1);
        using var measured = new Measurements(silo.Services.GetRequiredService<IMeterFactory>());
        var simulator = silo.Grains.Simulator(TestSilo.Chain);

        var first = simulator.Simulate(MadeChain.Call(MadeChain.Stopper)).AsTask();
        await Until.TrueAsync(() => state.IsWaiting, "the first waits for its state");
        var second = await simulator.Simulate(MadeChain.Call(MadeChain.Stopper, value: 1));
        var whileBusy = measured.ReadGauges();
        state.Open();
        var third = await first;
        var fourth = await simulator.Simulate(MadeChain.Call(MadeChain.Reverter));

        Assert.Equal(SimAnswerKind.Busy, second.Kind);
        Assert.Contains("Too many simulations", second.Detail, StringComparison.Ordinal);
        Assert.Equal((SimAnswerKind.Recorded, SimAnswerKind.Recorded), (third.Kind, fourth.Kind));
        Assert.Contains("mempulse_sim_in_flight{chain=1} 1", whileBusy);
        Assert.Contains("mempulse_sim_in_flight{chain=1} 0", measured.ReadGauges());
        Assert.Equal(1, measured.Sum("mempulse_sim_refused{chain=1,reason=Busy}"));
        Assert.Equal((1, 1), (measured.Sum("mempulse_sim_completed{chain=1,outcome=ok}"), measured.Sum("mempulse_sim_completed{chain=1,outcome=Revert}")));
        Assert.Equal(third.Sim!.Fact.GasUsed.Value + fourth.Sim!.Fact.GasUsed.Value, measured.Sum("mempulse_sim_gas{chain=1}"));
        Assert.True(measured.Sum("mempulse_sim_witness{chain=1}") > 0 && measured.Sum("mempulse_sim_steps{chain=1}") > 0);
        Assert.Equal(2, measured.Count("mempulse_sim_duration{chain=1}"));
    }

    [Fact]
    public async Task A_bundle_over_a_limit_is_refused_by_name_and_leaves_nothing()
    {
        await using var silo = await StartAsync(MadeChain.State());
        var call = MadeChain.Call(MadeChain.Stopper);
        var account = new SimOverride { Address = MadeChain.Stopper };
        (SimQuery Query, string Named)[] cases =
        [
            (call with { Transactions = [] }, "at least one transaction"),
            (call with { Transactions = [.. Enumerable.Repeat(call.Transactions[0], 101)] }, "101 transactions"),
            (call with { Transactions = [new SimTransaction(new byte[(2 << 20) + 1], MayRevert: false)] }, "2097153 bytes of transactions"),
            (call with { Reverting = new Hash256[101] }, "101 hashes"),
            (call with { Overrides = [.. Enumerable.Repeat(account, 257)] }, "257 account overrides"),
            (call with { Overrides = [account with { Slots = new SimSlot[4_097] }] }, "4097 storage slot overrides"),
            (call with { Overrides = [account with { Code = new byte[(1 << 20) + 1] }] }, "1048577 bytes of code overrides"),
        ];

        foreach (var (query, named) in cases)
        {
            var answer = await silo.Grains.Simulator(TestSilo.Chain).Simulate(query);
            Assert.Equal(SimAnswerKind.BadRequest, answer.Kind);
            Assert.Contains(named, answer.Detail, StringComparison.Ordinal);
        }

        var unknown = await silo.Grains.Simulator(TestSilo.Chain).Simulate(call with { Block = "0x7" });
        Assert.Equal(SimAnswerKind.UnknownBlock, unknown.Kind);
        Assert.Equal(SimAnswerKind.Recorded, (await silo.Grains.Simulator(TestSilo.Chain).Simulate(call)).Kind);
    }

    [Fact]
    public async Task A_state_timeout_is_reported_and_releases_its_slot()
    {
        var state = new GatedState(MadeChain.State());
        await using var silo = await StartAsync(state, options => (options.MaxInFlight, options.Patience) = (1, TimeSpan.FromMilliseconds(50)));
        var simulator = silo.Grains.Simulator(TestSilo.Chain);

        var late = await simulator.Simulate(MadeChain.Call(MadeChain.Stopper));
        state.Open();
        var next = await simulator.Simulate(MadeChain.Call(MadeChain.Stopper));

        Assert.Equal(SimAnswerKind.NoState, late.Kind);
        Assert.Contains("within 0.05 s", late.Detail, StringComparison.Ordinal);
        Assert.Equal(SimAnswerKind.Recorded, next.Kind);
    }

    [Fact]
    public async Task Parallel_bundles_are_all_recorded_with_the_results_they_have_alone()
    {
        const int Bundles = 40;
        await using var silo = await StartAsync(MadeChain.State());
        await using var other = await StartAsync(MadeChain.State(), directory: Path.Combine(_directory, "other"));
        SimQuery[] queries = [.. Enumerable.Range(0, Bundles).Select(value => MadeChain.Call(value % 3 == 0 ? MadeChain.Reverter : MadeChain.Stopper, (ulong)value))];

        var parallel = await Task.WhenAll(queries.Select(query => SimulateAsync(silo, query)));
        var serial = new List<LogEvent.SimCompleted>();
        foreach (var query in queries)
        {
            serial.Add(await SimulateAsync(other, query));
        }

        Assert.Equal(serial.Select(Line), parallel.Select(Line));
        foreach (var fact in parallel)
        {
            var found = await silo.Grains.SimLedger(TestSilo.Chain).Find(fact.Sim);
            Assert.True(found is { HasWitness: true, Trace: not null });
        }
    }

    [Fact]
    public async Task The_same_bundle_many_times_at_once_is_recorded_once()
    {
        await using var silo = await StartAsync(MadeChain.State());

        var facts = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => silo.Grains.Simulator(TestSilo.Chain).Simulate(MadeChain.Call(MadeChain.Reverter)).AsTask()));
        var page = await silo.Grains.LogReader(TestSilo.Chain).Scan(new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.SimCompleted.KindNumber], 100));

        Assert.All(facts, answer => Assert.Equal(SimAnswerKind.Recorded, answer.Kind));
        Assert.Equal(facts[0].Sim!.Record.Seq, Assert.Single(page.Records).Seq);
    }

    [Fact]
    public async Task A_repeated_bundle_adds_nothing_and_returns_its_first_record()
    {
        SimAnswer first;
        await using (var silo = await StartAsync(MadeChain.State()))
        {
            first = await silo.Grains.Simulator(TestSilo.Chain).Simulate(MadeChain.Call(MadeChain.Stopper));
        }

        await using var later = await StartAsync(MadeChain.State());
        var second = await later.Grains.Simulator(TestSilo.Chain).Simulate(MadeChain.Call(MadeChain.Stopper));
        var found = await later.Grains.SimLedger(TestSilo.Chain).Find(first.Sim!.Fact.Sim);
        var page = await later.Grains.LogReader(TestSilo.Chain).Scan(new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.SimCompleted.KindNumber], 100));

        Assert.Equal(first.Sim.Record.Seq, Assert.Single(page.Records).Seq);
        Assert.Equal(first.Sim.Record.Seq, second.Sim!.Record.Seq);
        foreach (var view in new[] { first.Sim, second.Sim })
        {
            // The immediate answer equals what the log and the store return later.
            Assert.Equal((found!.Record.Seq, found.Base, found.HasWitness, found.Damage, found.LogDirectory), (view.Record.Seq, view.Base, view.HasWitness, view.Damage, view.LogDirectory));
            Assert.Equal(found.Record.Bytes.ToArray(), view.Record.Bytes.ToArray());
            Assert.Equal(found.Trace!.Value.ToArray(), view.Trace!.Value.ToArray());
        }
    }

    [Fact]
    public async Task A_failing_store_is_reported_and_no_fact_refers_to_missing_content()
    {
        await using var silo = await StartAsync(MadeChain.State());
        string sims = Directory.GetDirectories(_directory, "*", SearchOption.AllDirectories).Append(_directory).First(path => Directory.GetFiles(path, "*.wal").Length > 0);
        await File.WriteAllTextAsync(Path.Combine(sims, "sims"), "in the way", TestContext.Current.CancellationToken);

        var refused = await silo.Grains.Simulator(TestSilo.Chain).Simulate(MadeChain.Call(MadeChain.Stopper));
        var page = await silo.Grains.LogReader(TestSilo.Chain).Scan(new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.SimCompleted.KindNumber], 100));
        File.Delete(Path.Combine(sims, "sims"));
        var taken = await silo.Grains.Simulator(TestSilo.Chain).Simulate(MadeChain.Call(MadeChain.Stopper));

        Assert.Equal(SimAnswerKind.NotRecorded, refused.Kind);
        Assert.Contains("Cannot store the simulation's witness", refused.Detail, StringComparison.Ordinal);
        Assert.Empty(page.Records);
        Assert.Equal(SimAnswerKind.Recorded, taken.Kind);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Line(LogEvent.SimCompleted fact) =>
        $"{fact.Sim} {fact.Category} {fact.GasUsed} {fact.Profit} {fact.TraceDigest} {fact.LogsDigest} {fact.WitnessDigest} {fact.StepsDigest}";

    private static async Task<LogEvent.SimCompleted> SimulateAsync(TestSilo silo, SimQuery query)
    {
        var answer = await silo.Grains.Simulator(TestSilo.Chain).Simulate(query);
        Assert.True(answer.Kind == SimAnswerKind.Recorded, answer.Detail);
        return answer.Sim!.Fact;
    }

    private Task<TestSilo> StartAsync(IStateProvider state, Action<SimHostOptions>? more = null, string? directory = null) => TestSilo.StartAsync(
        directory ?? _directory,
        simulations: options =>
        {
            options.States = [KeyValuePair.Create<ChainId, Func<StateContext, IStateProvider>>(TestSilo.Chain, _ => state)];
            more?.Invoke(options);
        });

    /// <summary>A state that is withheld until the test releases it.</summary>
    private sealed class GatedState(RecordedState inner) : IStateProvider
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isWaiting;

        public bool IsWaiting => _isWaiting;

        public void Open() => _gate.TrySetResult();

        public Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken) => inner.HeaderAsync(tag, cancellationToken);

        public async Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken)
        {
            _isWaiting = true;
            await _gate.Task.WaitAsync(cancellationToken);
            return await inner.AtAsync(block, cancellationToken);
        }
    }
}
