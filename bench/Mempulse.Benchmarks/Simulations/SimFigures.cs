using System.Diagnostics;
using System.Globalization;
using Mempulse.Benchmarks.Evm;
using Mempulse.Benchmarks.Node;
using Mempulse.ChainState;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Node.Options;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Contents;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Simulations;

/// <summary>A Uniswap swap as a bundle on proven, cached state: the engine alone, with its provider, and recorded through the grain.</summary>
internal sealed class SimFigures : IFigures
{
    private const int WarmBundles = 1_000; // until the code that is measured is compiled
    private const int Bundles = 600;
    private const int Rounds = 3;
    private static readonly ChainId Chain = new(1);
    private static readonly int[] AtATime = [1, 4, 16, 64];

    /// <inheritdoc/>
    public string Area => "sim";

    /// <inheritdoc/>
    public void Print(TextWriter output) => PrintAsync(output).GetAwaiter().GetResult();

    private static async Task PrintAsync(TextWriter output)
    {
        await using var anvil = await AnvilNode.StartAsync(default, null, "--hardfork", "osaka");
        var scene = await UniswapScene.BuildAsync(anvil);
        var bundles = new SwapBundles(scene, new EcdsaSigner([.. Enumerable.Repeat((byte)0x21, 32)]));
        await bundles.PrepareAsync(anvil);
        string block = (await anvil.CallAsync("eth_getBlockByNumber", default, "latest", false)).GetProperty("hash").GetString()!;
        var endpoint = RpcEndpoint.Parse("anvil", anvil.HttpAddress);
        await output.WriteLineAsync(Text($"sim: bundles of one swap through Uniswap's router, state proven and warm, {Environment.ProcessorCount} cores; median of {Rounds} rounds of {Bundles} bundles"));
        await EngineAsync(output, endpoint, bundles, block);
        var chain = new ChainInput(Chain, [RpcEndpoint.Parse("anvil", anvil.WebSocketAddress)]);
        await ServiceAsync(output, "through the grain, on record", bundles, block, async directory =>
        {
            var node = await NodeRun.FollowAsync(directory, [chain]);
            await node.WaitForAsync(Hash256.Parse(block));
            return node;
        });
        await ServiceAsync(output, "the same, base not in the log", bundles, block, directory => NodeRun.StartAsync(directory, [chain]));
    }

    private static async Task ServiceAsync(TextWriter output, string what, SwapBundles bundles, string block, Func<string, Task<NodeRun>> start)
    {
        string directory = Directory.CreateTempSubdirectory("mempulse-bench-").FullName;
        try
        {
            await using var node = await start(directory);
            foreach (int atATime in AtATime)
            {
                await ServiceAsync(output, what, node.Grains.Simulator(Chain), bundles, block, atATime);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task EngineAsync(TextWriter output, RpcEndpoint endpoint, SwapBundles bundles, string block)
    {
        var recovery = SenderRecovery.CreateBest();
        await using var provider = new RpcStateProvider([endpoint], new RpcConnectionOptions(), new RpcStateOptions(), recovery, new StateMeter(UnhostedMeters.Shared, Chain), TimeProvider.System);
        var header = await provider.HeaderAsync(block, default);
        var simBlock = SimBlock.After(header, Chain.Value, ForkSchedule.Of(Chain).After(header));
        SimRequest Next() => new() { Block = simBlock, Transactions = [new BundleTransaction(bundles.Next(), RevertPolicy.MustSucceed)] };
        var simulation = new StateSimulation(provider, new RpcStateOptions(), recovery);
        var simulator = new Simulator(recovery);
        var first = await simulation.RunAsync(Next(), default);
        await RowAsync(output, "engine alone, one after the other", 1, () =>
        {
            Require(simulator.Simulate(Next(), first.Witness.State, StateTrust.Verified));
            return Task.CompletedTask;
        });
        await RowAsync(output, "with its provider", 1, async () => Require(await simulation.RunAsync(Next(), default)));
        var named = first.Witness.NamingCodes();
        byte[] witness = WitnessCodec.Encode(named);
        await RowAsync(output, "its witness, encoded and hashed", 1, () => Keccak256.Hash(WitnessCodec.Encode(named)).Equals(Hash256.Zero) ? throw new InvalidDataException("No hash.") : Task.CompletedTask);
        await RowAsync(output, string.Create(CultureInfo.InvariantCulture, $"that, {witness.Length:N0} B ({WitnessCodec.Encode(first.Witness).Length:N0} with code), as stored"), 1, () => PreparedContent.Of(ContentKind.Witness, witness).StoredBytes > 0 ? Task.CompletedTask : throw new InvalidDataException("No bytes."));
        await RowAsync(output, string.Create(CultureInfo.InvariantCulture, $"its trace, {first.Trace.Length:N0} B, as stored"), 1, () => PreparedContent.Of(ContentKind.Trace, first.Trace.Span).StoredBytes > 0 ? Task.CompletedTask : throw new InvalidDataException("No bytes."));
        await RowAsync(output, "the trace of instructions", 1, () => simulator.TraceSteps(first.Witness).IsEmpty ? throw new InvalidDataException("No lines.") : Task.CompletedTask);
    }

    private static Task ServiceAsync(TextWriter output, string what, ISimulatorGrain simulator, SwapBundles bundles, string block, int atATime) =>
        RowAsync(output, what, atATime, async () =>
        {
            var query = new SimQuery { Transactions = [new SimTransaction(bundles.Next(), MayRevert: false)], Block = block };
            var answer = await simulator.Simulate(query);
            if (answer.Kind != SimAnswerKind.Recorded || answer.Sim!.Fact.Category != FailureCategory.None)
            {
                throw new InvalidDataException($"A swap did not succeed: {answer.Detail} {answer.Sim?.Fact.Detail}");
            }
        });

    private static async Task RowAsync(TextWriter output, string what, int atATime, Func<Task> one)
    {
        await RunAsync(WarmBundles, atATime, one);
        var rounds = new List<(double Rate, double[] Milliseconds)>();
        for (int round = 0; round < Rounds; round++)
        {
            rounds.Add(await RunAsync(Bundles, atATime, one));
        }

        var (rate, times) = rounds.OrderBy(round => round.Rate).ElementAt(Rounds / 2);
        await output.WriteLineAsync(Text($"  {what,-34} {atATime,2} at a time   {rate,8:N0} bundles/s   p50 {times[Bundles / 2],7:F3}  p95 {times[Bundles * 95 / 100],7:F3}  p99 {times[Bundles * 99 / 100],7:F3} ms"));
    }

    private static async Task<(double Rate, double[] Milliseconds)> RunAsync(int count, int atATime, Func<Task> one)
    {
        var times = new double[count];
        int next = -1;
        long begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, atATime).Select(_ => Task.Run(async () =>
        {
            for (int index = Interlocked.Increment(ref next); index < count; index = Interlocked.Increment(ref next))
            {
                long started = Stopwatch.GetTimestamp();
                await one();
                times[index] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        })));
        double rate = count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Array.Sort(times);
        return (rate, times);
    }

    private static void Require(SimRun run)
    {
        if (run.Result.Outcome is not SimOutcome.Ok)
        {
            throw new InvalidDataException(OutcomeText.Of(run.Result.Outcome));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
