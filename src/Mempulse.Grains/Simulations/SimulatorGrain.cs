using Mempulse.ChainState;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Simulations;
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

        if (!simulator.TryEnter())
        {
            return Refuse(SimAnswerKind.Busy, "Too many simulations are in progress. Retry.");
        }

        using var patience = new CancellationTokenSource(host.Patience, time);
        try
        {
            return await RecordAsync(chain, await Task.Run(() => simulator.SimulateAsync(query, patience.Token)), begun);
        }
        catch (StateUnavailableException unknown)
        {
            return Refuse(unknown.Reason == StateUnavailability.NoNodeAnswers ? SimAnswerKind.NoState : SimAnswerKind.UnknownBlock, unknown.Message);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Refuse(SimAnswerKind.NoState, $"The node did not provide the state within {host.Patience.TotalSeconds} s.");
        }
        finally
        {
            simulator.Leave();
        }
    }

    /// <summary>Records a result before returning it, so that every result a caller sees can be executed again.</summary>
    private async ValueTask<SimAnswer> RecordAsync(ChainId chain, SimulatedBundle bundle, long begun)
    {
        var lane = LaneId.Of(SimDeposit.Lane);
        var batch = new EventBatch(lane);
        batch.Add(bundle.Fact, RecordMeta.Fact(lane, 1, RecordClock.Now(time), default));
        SimReceipt receipt;
        using (Spans.Start(Spans.Append, chain))
        {
            receipt = await GrainFactory.SimLedger(chain).Record(new SimDeposit(batch, bundle.Witness, bundle.Run.Trace, bundle.Steps));
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
