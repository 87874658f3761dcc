using Mempulse.ChainState;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Orleans.Concurrency;

namespace Mempulse.Grains.Simulations;

/// <summary>Runs a chain's simulator on the thread pool, and answers only once the result is recorded.</summary>
/// <remarks>Stateless and reentrant: while one simulation waits for a node, others run. The host limits how many are in progress.</remarks>
[GrainType("mempulse.simulator"), StatelessWorker, Reentrant]
internal sealed class SimulatorGrain(SimHost host, SimMeter meter, TimeProvider time) : Grain, ISimulatorGrain
{
    public async ValueTask<SimAnswer> Simulate(SimQuery query)
    {
        var chain = GrainKeys.ChainOf(this.GetPrimaryKeyString());
        using var span = Spans.Start(Spans.Simulate, chain);
        var answer = await SimulateAsync(chain, query);
        Spans.SetOutcome(span, answer.Kind.ToString());
        if (answer.Kind != SimAnswerKind.Recorded)
        {
            meter.Refused(chain, answer.Kind.ToString());
        }

        return answer;
    }

    public async ValueTask<CodeDelegatesAnswer> ReadCodeDelegates(IReadOnlyList<Address> accounts)
    {
        if (host.SimulatorOf(GrainKeys.ChainOf(this.GetPrimaryKeyString())) is not { } simulator)
        {
            return new CodeDelegatesAnswer { HasState = false };
        }

        if (accounts.Count > CodeDelegatesAnswer.MaxAccounts)
        {
            return new CodeDelegatesAnswer { HasState = true, Problem = $"The code of {accounts.Count} accounts cannot be read at once: the limit is {CodeDelegatesAnswer.MaxAccounts}." };
        }

        return await InSlotAsync(
            simulator,
            async patience => await Task.Run(() => DelegateReader.ReadAsync(simulator.State, accounts, patience)),
            static (_, problem) => new CodeDelegatesAnswer { HasState = true, Problem = problem });
    }

    public async ValueTask<NodesAnswer> AskNodes(Hash256 tx)
    {
        var chain = GrainKeys.ChainOf(this.GetPrimaryKeyString());
        return host.SimulatorOf(chain) is { } simulator
            ? await InSlotAsync(simulator, async patience => OfNodes(chain, await simulator.State.AskAsync(tx, patience)), static (_, problem) => new NodesAnswer { Problem = problem })
            : OfNodes(chain, []);
    }

    private static NodesAnswer OfNodes(ChainId chain, IReadOnlyList<TxStatement> statements) => new()
    {
        Statements = [.. statements.Select(static said => new NodeStatement(said.Node, said.Kind.ToString(), said.Block, said.Number, said.Detail))],
        Problem = statements.Count == 0 ? $"Cannot ask: no node of chain {chain} is configured." : string.Empty,
    };

    private async ValueTask<SimAnswer> SimulateAsync(ChainId chain, SimQuery query)
    {
        long begun = time.GetTimestamp();
        if (QueryReader.Problem(query, host.Limits) is { } problem)
        {
            return Refuse(SimAnswerKind.BadRequest, problem);
        }

        if (host.SimulatorOf(chain) is not { } simulator)
        {
            return Refuse(SimAnswerKind.NoState, $"Cannot simulate on chain {chain}: no node is configured for its state.");
        }

        return await InSlotAsync(simulator, async patience => await RecordAsync(chain, await Task.Run(() => simulator.SimulateAsync(query, patience)), query.BundleBytes, begun), Refuse);
    }

    /// <summary>Reads state in one of the simulator's slots, for a bounded time.</summary>
    /// <param name="simulator">The simulator.</param>
    /// <param name="read">What reads.</param>
    /// <param name="refuse">The answer when all slots are taken, or the state is not provided.</param>
    private async ValueTask<T> InSlotAsync<T>(ChainSimulator simulator, Func<CancellationToken, ValueTask<T>> read, Func<SimAnswerKind, string, T> refuse)
    {
        if (!simulator.TryEnter())
        {
            return refuse(SimAnswerKind.Busy, "Too many simulations are in progress. Retry.");
        }

        using var patience = new CancellationTokenSource(host.Patience, time);
        try
        {
            return await read(patience.Token);
        }
        catch (StateUnavailableException unknown)
        {
            return refuse(unknown.Reason == StateUnavailability.NoNodeAnswers ? SimAnswerKind.NoState : SimAnswerKind.UnknownBlock, unknown.Message);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return refuse(SimAnswerKind.NoState, $"The node did not provide the state within {host.Patience.TotalSeconds} s.");
        }
        finally
        {
            simulator.Leave();
        }
    }

    /// <summary>Records a result before returning it, so that every result a caller sees can be executed again.</summary>
    private async ValueTask<SimAnswer> RecordAsync(ChainId chain, SimulatedBundle bundle, ReadOnlyMemory<byte>? bundleBytes, long begun)
    {
        var lane = LaneId.Of(SimDeposit.Lane);
        var batch = new EventBatch(lane);
        batch.Add(bundle.Fact, RecordMeta.Fact(lane, 1, RecordClock.Now(time), default));
        SimReceipt receipt;
        using (Spans.Start(Spans.Append, chain))
        {
            receipt = await GrainFactory.SimLedger(chain).Record(new SimDeposit(batch, bundle.Witness, bundle.Run.Trace, bundle.Steps, bundleBytes, [.. bundle.Codes.Select(static code => new SimCode(code.Hash, code.Memory))]));
        }

        if (receipt.Sim is not { } sim)
        {
            return Refuse(SimAnswerKind.NotRecorded, receipt.Problem);
        }

        meter.Completed(chain, bundle.Fact, bundle.Witness.Length, bundle.Steps?.Length ?? 0, time.GetElapsedTime(begun));
        return new SimAnswer
        {
            Kind = SimAnswerKind.Recorded,
            Sim = sim,
            Transactions = [.. bundle.Run.Result.Transactions.Select(SimViews.Of)],
            TokenDeltas = [.. bundle.Run.Result.TokenDeltas.Select(SimViews.Of)],
        };
    }

    private static SimAnswer Refuse(SimAnswerKind kind, string detail) => new() { Kind = kind, Detail = detail };
}
