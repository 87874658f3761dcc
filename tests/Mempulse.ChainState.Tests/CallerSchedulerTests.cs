using Mempulse.ChainState.Tests.Lies;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests;

/// <summary>A grain that fetches state is called back once: what continues after a node's answer does not take turns of the grain.</summary>
public sealed class CallerSchedulerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opening_a_block_takes_one_turn()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(node);

        await InOneTurnAsync(() => provider.HeaderAsync("latest", Stop));
        await InOneTurnAsync(() => provider.AtAsync(Lie.True.HeadHash, Stop));
        await InOneTurnAsync(() => provider.AtAsync(Lie.True.HeadHash, Stop)); // from the cache
    }

    [Fact]
    public async Task A_prefetch_takes_one_turn_with_and_without_predictions()
    {
        bool traces = false;
        await using var node = new ScriptedNode { Result = (method, parameters) => traces && method == "debug_traceCall" ? "{}" : Lie.True.Answer(method, parameters) };
        await using var provider = Connect(node);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        traces = true;
        await InOneTurnAsync(() => block.PrefetchAsync(Lie.Request(), Stop)); // waits for the access lists first
        await InOneTurnAsync(() => block.PrefetchAsync(Lie.Request(), Stop)); // waits for the tracer first
        traces = false;
        await block.PrefetchAsync(Lie.Request(), Stop);
        var other = await provider.AtAsync(Lie.True.Head.ParentHash, Stop);
        await InOneTurnAsync(() => other.PrefetchAsync(Lie.Request(), Stop)); // waits for proofs first
    }

    [Fact]
    public async Task A_fetch_takes_one_turn_with_and_without_proofs()
    {
        StateGap[] gaps =
        [
            new StateGap.OfAccount(Lie.Rich),
            new StateGap.OfSlot(Lie.Contract, 7),
            new StateGap.OfCode(Lie.Library, ContractCode.Of(Lie.True.State.CodeOf(Lie.Library)).Hash),
            new StateGap.OfBlockHash(290),
        ];
        bool proves = true;
        await using var node = new ScriptedNode { Result = (method, parameters) => !proves && method == "eth_getProof" ? ScriptedNode.Unsupported : Lie.True.Answer(method, parameters) };
        await using var provider = Connect(node);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        foreach (var gap in gaps)
        {
            await InOneTurnAsync(() => block.FetchAsync(gap, Stop));
        }

        proves = false;
        await block.FetchAsync(gaps[0], Stop);
        Assert.Equal(StateTrust.Unverified, block.Trust);
        await InOneTurnAsync(() => block.FetchAsync(gaps[0], Stop)); // asks for no proof first
    }

    [Fact]
    public async Task A_simulation_takes_one_turn()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(node);
        var simulation = new StateSimulation(provider, new RpcStateOptions(), SenderRecovery.CreateBest());

        await InOneTurnAsync(() => simulation.RunAsync(Lie.Request(), Stop)); // waits for the block first
        await using var another = Connect(node);
        await another.AtAsync(Lie.True.HeadHash, Stop);
        simulation = new StateSimulation(another, new RpcStateOptions(), SenderRecovery.CreateBest());
        await InOneTurnAsync(() => simulation.RunAsync(Lie.Request(), Stop)); // waits for the prediction first
    }

    [Fact]
    public async Task A_simulation_that_waits_for_missing_state_only_takes_one_turn()
    {
        var state = new EmptyState();
        var simulation = new StateSimulation(state, new RpcStateOptions(), SenderRecovery.CreateBest());

        var run = await InOneTurnAsync(() => simulation.RunAsync(Lie.Request(), Stop), state.Answer);

        Assert.IsType<SimOutcome.StateMissing>(run.Result.Outcome);
    }

    private static Task<bool> InOneTurnAsync(Func<Task> call) => InOneTurnAsync(async () =>
    {
        await call().ConfigureAwait(false);
        return true;
    });

    /// <summary>Starts a call on a scheduler, releases what it waits for once it has returned, and requires that nothing else ran on the scheduler.</summary>
    private static async Task<T> InOneTurnAsync<T>(Func<Task<T>> call, Action? release = null)
    {
        var scheduler = new CountingScheduler();
        var running = await Task.Factory.StartNew(call, Stop, TaskCreationOptions.None, scheduler);
        release?.Invoke();
        var result = await running;
        Assert.Equal(1, scheduler.Tasks);
        return result;
    }

    private static RpcStateProvider Connect(ScriptedNode node) => new(
        [RpcEndpoint.Parse("node", node.HttpAddress)],
        new RpcConnectionOptions { CallRetries = 0 },
        new RpcStateOptions { RetryDelay = TimeSpan.Zero },
        SenderRecovery.CreateBest(),
        new StateMeter(UnhostedMeters.Shared, new ChainId(1)),
        TimeProvider.System);

    /// <summary>A block of which nothing is known, and whose fetches end when the test answers: the state is missing.</summary>
    private sealed class EmptyState : IStateProvider, IBlockState
    {
        private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IStateReader Reader { get; } = new KnownState();

        public StateTrust Trust => StateTrust.Verified;

        public void Answer() => _answered.SetResult();

        public Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken) => Task.FromResult(Lie.True.Head);

        public Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken) => Task.FromResult<IBlockState>(this);

        public Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken)
        {
            await _answered.Task.ConfigureAwait(false);
            return new SimOutcome.StateMissing(gap);
        }
    }
}
